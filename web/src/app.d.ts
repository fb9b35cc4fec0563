import type { ErrorCode } from '@trolley/shared/protocol';

declare global {
  namespace App {
    interface Error {
      /** What the screen chooses its sentence by; absent for a page that does not exist and for defects. */
      code?: ErrorCode;
    }
    interface PageState {
      /** The list was made a moment ago: the cursor belongs in "Add item". */
      isNew?: boolean;
    }
  }
}
