/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/occurrence_words.h"

#include "policy/condition.h"
#include "policy/evaluator.h"

const char *occurrence_place(struct arena *arena, const struct occurrence *occurrence, const char *member)
{
	return arena_printf(arena, "%s/%zu%s%s", occurrence_list, occurrence->place, member ? "/" : "", member ? member : "");
}

const char *occurrence_name(const struct evaluator *evaluator, const struct occurrence *occurrence)
{
	struct arena *arena = evaluator->arena;
	char day[CIVIL_TEXT_SIZE];
	const struct occurrence_kind *kind = &evaluator->vocabulary->occurrences->kinds[occurrence->kind];
	return occurrence->dated ? arena_printf(arena, "%s of %s", kind->phrase, civil_format(occurrence->on, day))
				 : arena_printf(arena, "%s without a date", kind->phrase);
}

static void word_open(const struct unworded *unworded, const struct evaluator *evaluator, struct entry *entry)
{
	struct arena *arena = evaluator->arena;
	const struct condition *open = unworded->open;
	const enum problem problem = unworded->problem;
	const char *name = occurrence_name(evaluator, unworded->occurrence);
	const char *what = !open ? "its day" : open->phrase ? open->phrase : open->name;
	entry->pointer = occurrence_place(arena, unworded->occurrence, open ? open->name : NULL);
	entry->say = open && open->statement
			     ? sentence(arena,
					problem == PROBLEM_INVALID ? "of %s this is not as needed: %s."
								   : "of %s it is not said whether this is so: %s.",
					name, open->statement)
			     : sentence(arena,
					problem == PROBLEM_INVALID ? "of %s this is not what is needed: %s."
								   : "of %s this is not given: %s.",
					name, what);
}

void occurrence_add(struct trace *trace, struct unworded unworded)
{
	struct unworded *kept = NULL;
	if (!arena_muted(trace->arena)) {
		kept = arena_alloc(trace->arena, sizeof(*kept));
		*kept = unworded;
	}
	trace_add(trace, unworded.problem, "", (struct entry){.unworded = kept});
}

void occurrence_add_open(struct trace *trace, const struct occurrence *occurrence, const struct condition *open,
			 enum problem problem)
{
	occurrence_add(trace, (struct unworded){.word = word_open, .occurrence = occurrence, .open = open, .problem = problem});
}
