import type { ErrorCode } from '@trolley/shared/protocol';

declare global {
  interface Window {
    /** What `before-paint.js` has fetched: the texts of the language that it has found out, or null when they could not be had. */
    earlyTexts?: Promise<unknown>;
    /** Set by `before-paint.js`: shows the theme that is chosen on this phone, or the system's. */
    showTheme?: () => void;
  }

  namespace App {
    interface Error {
      /** What the screen chooses its sentence by; absent for a page that does not exist and for defects. */
      code?: ErrorCode;
    }
    interface PageState {
      /** The list was made a moment ago: the cursor belongs in "Add item". */
      isNew?: boolean;
      /** "New list" was pressed already. */
      isAsking?: boolean;
    }
  }
}
