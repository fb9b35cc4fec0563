/**
 * Runs in the page: names what of a screen cannot be read or reached: text and controls beyond the edge of the window, text that its own box
 * cuts off, and controls that lie over each other. What can be scrolled into view is there; so is what a row shows in short and its details
 * in full. `width` is the screen's: a phone makes its window as wide as what does not fit.
 */
export function findCutOff(width: number): string[] {
  const screen = document.querySelector('dialog:modal') ?? document.body;
  const controlSelector = 'a, button, input, select, textarea';
  const shown = [...screen.querySelectorAll<HTMLElement>('*')].filter(isShown);
  const controls = shown.filter(
    (element) => element.matches(controlSelector) && element.closest('label input') === null,
  );
  const told = shown.filter((element) => element.matches(controlSelector) || hasOwnText(element));
  const { scrollWidth } = document.documentElement;
  return [
    ...(scrollWidth > width ? [`the page scrolls sideways: ${String(scrollWidth)}`] : []),
    ...told.filter(isBeyondEdge).map((element) => `beyond the edge: ${nameOf(element)}`),
    ...told.filter(isCut).map((element) => `cut off: ${nameOf(element)}`),
    ...controls.flatMap((one, index) =>
      controls
        .slice(index + 1)
        .filter((other) => isOver(one, other))
        .map((other) => `one over the other: ${nameOf(one)} and ${nameOf(other)}`),
    ),
  ];

  function isShown(element: HTMLElement): boolean {
    const isForEars = element.closest('.visually-hidden, [aria-hidden=true], svg, #svelte-announcer') !== null;
    const isClipped = getComputedStyle(element).clipPath !== 'none';
    return !isForEars && !isClipped && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  }

  function hasOwnText(element: HTMLElement): boolean {
    return [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '');
  }

  function isBeyondEdge(element: HTMLElement): boolean {
    const { left, right } = element.getBoundingClientRect();
    const canBeScrolled = ancestors(element).some((ancestor) =>
      /auto|scroll/.test(getComputedStyle(ancestor).overflowX),
    );
    return !canBeScrolled && (left < -1 || right > width + 1);
  }

  function isCut(element: HTMLElement): boolean {
    const { overflowX, webkitLineClamp } = getComputedStyle(element);
    const isShort = webkitLineClamp !== 'none' || element.matches('input, select, textarea');
    return !isShort && /hidden|clip/.test(overflowX) && element.scrollWidth > element.clientWidth + 1;
  }

  /** Compares only what scrolls together: a header that stays lies over rows as it should. */
  function isOver(one: HTMLElement, other: HTMLElement): boolean {
    if (layerOf(one) !== layerOf(other) || one.contains(other) || other.contains(one)) return false;
    const a = visibleBox(one);
    const b = visibleBox(other);
    const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return width > 2 && height > 2;
  }

  /** Without what is scrolled out of a box around it. */
  function visibleBox(element: HTMLElement): { left: number; top: number; right: number; bottom: number } {
    let { left, top, right, bottom } = element.getBoundingClientRect();
    for (const ancestor of ancestors(element).filter((one) => getComputedStyle(one).overflowY !== 'visible')) {
      const box = ancestor.getBoundingClientRect();
      left = Math.max(left, box.left);
      top = Math.max(top, box.top);
      right = Math.min(right, box.right);
      bottom = Math.min(bottom, box.bottom);
    }
    return { left, top, right, bottom };
  }

  function layerOf(element: HTMLElement): Element | undefined {
    return ancestors(element).find((ancestor) => /sticky|fixed/.test(getComputedStyle(ancestor).position));
  }

  function ancestors(element: HTMLElement): Element[] {
    const found: Element[] = [];
    for (let parent = element.parentElement; parent !== null && parent !== screen; parent = parent.parentElement) {
      found.push(parent);
    }
    return found;
  }

  function nameOf(element: HTMLElement): string {
    const text = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40);
    return `<${element.localName} class="${element.className}"> ${text}`;
  }
}
