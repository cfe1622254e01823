/* SPDX-License-Identifier: Apache-2.0 */
#include "holds.h"

const char *holds_words(const struct trial *trial, const struct json *body, struct arena *arena)
{
	struct judged judged;
	struct evaluator evaluator;
	if (!judge(trial, body, arena, &judged)) {
		return NULL;
	}
	const struct program *program = trial->submission.program;
	evaluator_init(&evaluator, &judged.submission, arena);
	for (size_t i = 0; i < program->item_count; i++) {
		const struct item *item = program->items[i];
		const enum answer alone = evaluator_item(&evaluator, item)->answer;
		const struct item_state *worded = &judged.states[item->index];
		if (alone != worded->answer) {
			return arena_printf(arena, "%s is %s, and with its words %s", item->id, answer_name(alone),
					    answer_name(worded->answer));
		}
		if (evaluator.states[item->index].entries) {
			return arena_printf(arena, "%s has entries that nobody has asked for", item->id);
		}
	}
	return NULL;
}
