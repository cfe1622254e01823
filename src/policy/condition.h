/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions on the members of an element of a list: the `where` of checks and of what starts and fulfils duties. */
#ifndef AR_POLICY_CONDITION_H
#define AR_POLICY_CONDITION_H

#include "policy/evaluator.h"
#include "policy/words.h"

enum condition_kind {
	CONDITION_PRESENT,
	CONDITION_ABSENT, /* of a date: it has not come */
	CONDITION_BLANK,
	CONDITION_BOOLEAN,
	CONDITION_UNLESS, /* of a boolean: it does not say so; one that is not given does not */
	CONDITION_WORDS,
	CONDITION_PREFIXES,
	CONDITION_SPANS,
	CONDITION_AMONG,
	CONDITION_BY, /* of a date: it has come by a named day */
	CONDITION_AGED,
	CONDITION_COVERED
};

struct reach;

/* What one member of an element must be. */
struct condition {
	enum condition_kind kind;
	uint16_t slot;
	uint16_t
		until; /* spans: the member with the last day; aged, covered: the one that stands in where the first is not given */
	bool wanted; /* unless: what it must not say; by: that it has come; aged: that the member is younger; covered: that the plan covers that day */
	int years; /* aged */
	enum check_day day; /* spans, by */
	const struct word_set *words;
	const char *const *prefixes; /* ends with NULL */
	const struct reach *among; /* one of these says the same, or NULL */
	const char *among_phrase; /* "the documents" */
	const char *name;
	const char *phrase; /* "the role" */
	const char *statement; /* of a boolean with a title, or NULL */
};

/* Whether a value says anything: neither absent nor blank nor empty. */
bool condition_given(const struct value *value);

enum answer condition_judge(const struct condition *condition, const struct evaluator *evaluator, const struct record *element);

/* Whether it says which elements are meant, rather than what such an element should have besides. */
bool condition_selects(const struct condition *condition);

/* What is wrong with an element of which a condition does not hold, and what is said of it: WHOSE is "number 2 of the tasks". */
enum problem condition_problem(const struct condition *condition, const struct record *element, enum answer answer);
const char *condition_say(const struct condition *condition, struct arena *arena, enum problem problem, const char *whose);

/*
 * Reads {"member": ...} for the elements of the list at LIST: "present", "blank" (of text: given, and empty), true or false, {"not": true or false}, a list of words, {"prefixes": words}, or {"among": path};
 * false after an issue.
 */
bool conditions_compile(struct compiler *compiler, const char *list, const struct json *where, const struct spot *spot,
			const struct condition **ret_conditions, size_t *ret_count);

/* The slot of a member of the elements; false after an issue. */
bool condition_member(struct compiler *compiler, const struct layout *layout, const char *name, const struct spot *spot,
		      struct slot *ret_slot);

#endif
