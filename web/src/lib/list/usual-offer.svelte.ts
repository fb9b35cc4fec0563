import { missingStaples, usualItems, type UsualItem } from '@trolley/shared/document';
import { pause } from '#lib/ui/pause.ts';
import type { OpenScreen } from './open-screen.ts';

const maxUsual = 8;

/** What is offered to whoever is about to add something. */
export class UsualOffer {
  /** How many staples are not on the list. */
  missing = $state.raw(0);
  /** What is likely to be wanted next. */
  usual: readonly UsualItem[] = $state.raw([]);

  /** Looks at all that was ever bought, which no tap waits for. To be called in an effect, which then follows the list. Returns how to stop. */
  follow({ list, trolley }: OpenScreen): () => void {
    const { live } = list;
    let isOutdated = false;
    void pause().then(() => {
      if (isOutdated) return;
      this.missing = missingStaples(live).length;
      this.usual = usualItems(live, trolley.client.nowMs, maxUsual);
    });
    return () => {
      isOutdated = true;
    };
  }
}
