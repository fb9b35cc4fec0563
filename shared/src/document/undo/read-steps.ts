import * as v from 'valibot';
import { memberIdSchema } from '../../protocol/index.ts';
import { isJson, type Json } from '../model/json.ts';
import { isMinute, type Minute } from '../model/minute.ts';
import { rootNames } from '../model/root-names.ts';
import { noSteps, type UndoSteps } from './undo-stack.ts';

const jsonSchema = v.custom<Json>(isJson);

const changeSchema = v.object({
  by: memberIdSchema,
  at: v.custom<Minute>(isMinute),
  entries: v.array(v.object({ root: v.picklist(rootNames), key: v.string(), before: jsonSchema, after: jsonSchema })),
});

const stepsSchema = v.object({ done: v.array(changeSchema), undone: v.array(changeSchema) });

/** Steps as they come back from storage. What another version of the app has kept in another form counts as nothing. */
export function readSteps(value: unknown): UndoSteps {
  const steps = v.safeParse(stepsSchema, value);
  return steps.success ? steps.output : noSteps;
}
