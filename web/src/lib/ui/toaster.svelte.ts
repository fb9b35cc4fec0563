/** A short message, with something to do about it if need be. */
export interface ToastMessage {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** Complaints about such messages are always the same: gone before they were read. */
const shownMs = 10_000;

/** Shows one message at a time; a new one takes the place of the last. */
export class Toaster {
  message: ToastMessage | null = $state.raw(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(message: ToastMessage): void {
    const { action } = message;
    this.message =
      action === undefined
        ? message
        : {
            text: message.text,
            action: {
              label: action.label,
              run: () => {
                this.clear();
                action.run();
              },
            },
          };
    this.hold(false);
  }

  /** Stops the time while held; it starts anew afterwards. */
  hold(isHeld: boolean): void {
    clearTimeout(this.#timer);
    if (!isHeld && this.message !== null)
      this.#timer = setTimeout(() => {
        this.clear();
      }, shownMs);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.message = null;
  }
}
