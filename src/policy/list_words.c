/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/list_words.h"

#include "policy/trace.h"

static enum answer judge(const struct lacking *lacking, const struct condition *condition, size_t element)
{
	return condition_judge(condition, lacking->evaluator, lacking->elements[element]);
}

static size_t count_told(const struct lacking *lacking, enum answer wanted)
{
	size_t count = 0;
	for (size_t i = 0; i < lacking->element_count; i++) {
		count += judge(lacking, lacking->told, i) == wanted;
	}
	return count;
}

/* The first condition that none of the elements with the words fulfils, or NULL. */
static const struct condition *failing(const struct lacking *lacking)
{
	for (size_t k = 0; k < lacking->condition_count; k++) {
		const struct condition *one = &lacking->conditions[k];
		bool fails = one != lacking->told && condition_selects(one);
		for (size_t i = 0; i < lacking->element_count && fails; i++) {
			fails = judge(lacking, lacking->told, i) != ANSWER_MET || judge(lacking, one, i) == ANSWER_NOT_MET;
		}
		if (fails) {
			return one;
		}
	}
	return NULL;
}

/* Whether one of the elements with the words says anything there. */
static bool given(const struct lacking *lacking, const struct condition *condition)
{
	for (size_t i = 0; i < lacking->element_count; i++) {
		if (judge(lacking, lacking->told, i) == ANSWER_MET &&
		    condition_given(&lacking->elements[i]->values[condition->slot])) {
			return true;
		}
	}
	return false;
}

static const char *by_words(const struct lacking *lacking, const struct condition *condition, struct arena *arena)
{
	return arena_printf(arena, "%s %s", condition->phrase,
			    !condition->wanted          ? "has come"
			    : given(lacking, condition) ? "has not come yet"
							: "is not given");
}

/* What is so where the condition does not hold. */
static const char *failing_words(const struct lacking *lacking, const struct condition *condition, struct arena *arena)
{
	const bool wanted = condition->wanted;
	switch (condition->kind) {
	case CONDITION_BOOLEAN:
	case CONDITION_UNLESS:
		if (condition->statement) {
			const bool so = (condition->kind == CONDITION_UNLESS) == wanted;
			return arena_printf(arena, "this is %s: %s", so ? "so" : "not so", condition->statement);
		}
		break;
	case CONDITION_WORDS: return arena_printf(arena, "%s is not %s", condition->phrase, condition->words->phrase);
	case CONDITION_SPANS: return arena_printf(arena, "its days do not include %s", check_day_phrase(condition->day));
	case CONDITION_BY: return by_words(lacking, condition, arena);
	case CONDITION_AGED:
		return arena_printf(arena, "the member is %s %d years old on its day", wanted ? "at least" : "under",
				    condition->years);
	case CONDITION_COVERED: return wanted ? "its day is not covered by the plan" : "its day is covered by the plan";
	case CONDITION_ABSENT:
	case CONDITION_BLANK: return arena_printf(arena, "%s is given", condition->phrase);
	case CONDITION_PRESENT:
	case CONDITION_PREFIXES:
	case CONDITION_AMONG: break;
	}
	return arena_printf(arena, "%s is not what is needed", condition->phrase);
}

const char *lacking_say(const struct lacking *lacking, struct arena *arena, const char **ret_needed)
{
	const struct condition *told = lacking->told;
	const size_t with = told ? count_told(lacking, ANSWER_MET) : 0;
	if (told && with + count_told(lacking, ANSWER_UNKNOWN) == 0) {
		*ret_needed = told->words->text;
		return sentence(arena, "among %s there is none with %s of %s.", lacking->phrase, told->phrase,
				told->words->phrase);
	}
	if (!told || with == 0) {
		return sentence(arena, "among %s there is none that is as needed.", lacking->phrase);
	}
	const struct condition *lacks = failing(lacking);
	const char *words = lacks ? failing_words(lacking, lacks, arena) : NULL;
	*ret_needed = lacks && lacks->words ? lacks->words->text : *ret_needed;
	if (with == 1) {
		return sentence(arena, "among %s there is one with %s of %s, but %s.", lacking->phrase, told->phrase,
				told->words->phrase, words ? words : "it is not as needed");
	}
	return sentence(arena, "among %s there are %zu with %s of %s, but %s%s.", lacking->phrase, with, told->phrase,
			told->words->phrase, words ? "of each of them " : "none of them is as needed", words ? words : "");
}
