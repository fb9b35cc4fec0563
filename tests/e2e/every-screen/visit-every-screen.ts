import { visitAccount, visitErrors, visitHome } from './visit-account.ts';
import { visitDetails, visitLists, visitMenu } from './visit-lists.ts';
import { visitShopping } from './visit-shopping.ts';
import { visitTogether } from './visit-together.ts';
import { Visitor, type Visit } from './visitor.ts';

/**
 * Goes through every screen and every sheet of the app once. Whoever adds one adds it to the visit that comes by, and it is looked at in
 * every theme, direction, size and size of text.
 */
export async function visitEveryScreen(visit: Visit): Promise<void> {
  const anna = await Visitor.arrive(visit);
  await visitLists(anna);
  await visitDetails(anna);
  await visitMenu(anna);
  await visitShopping(anna);
  await visitTogether(anna, visit);
  await visitHome(anna);
  await visitAccount(anna);
  await visitErrors(anna);
}
