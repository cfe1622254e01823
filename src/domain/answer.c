/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/answer.h"

static const char *const names[] = {
	[ANSWER_MET] = "met",
	[ANSWER_NOT_MET] = "not_met",
	[ANSWER_UNKNOWN] = "unknown",
	[ANSWER_NOT_APPLICABLE] = "not_applicable",
};
_Static_assert(sizeof(names) / sizeof(names[0]) == ANSWER_COUNT, "every answer has a name");

const char *answer_name(enum answer answer)
{
	return names[answer];
}

enum answer answer_not(enum answer answer)
{
	switch (answer) {
	case ANSWER_MET: return ANSWER_NOT_MET;
	case ANSWER_NOT_MET: return ANSWER_MET;
	case ANSWER_UNKNOWN:
	case ANSWER_NOT_APPLICABLE: break;
	}
	return answer;
}

static unsigned count_of(const enum answer *answers, unsigned count, enum answer wanted)
{
	unsigned found = 0;

	for (unsigned i = 0; i < count; i++) {
		found += answers[i] == wanted ? 1 : 0;
	}
	return found;
}

enum answer answer_all(const enum answer *answers, unsigned count)
{
	if (count_of(answers, count, ANSWER_NOT_MET) > 0) {
		return ANSWER_NOT_MET;
	}
	return count_of(answers, count, ANSWER_UNKNOWN) > 0 ? ANSWER_UNKNOWN : ANSWER_MET;
}

enum answer answer_any(const enum answer *answers, unsigned count)
{
	return answer_at_least(answers, count, 1);
}

enum answer answer_at_least(const enum answer *answers, unsigned count, unsigned needed)
{
	const unsigned met = count_of(answers, count, ANSWER_MET);

	if (met >= needed) {
		return ANSWER_MET;
	}
	/* As long as the open ones could still fill the count, nobody can say that it fails. */
	return count_of(answers, count, ANSWER_UNKNOWN) >= needed - met ? ANSWER_UNKNOWN : ANSWER_NOT_MET;
}
