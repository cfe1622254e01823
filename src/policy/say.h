/* SPDX-License-Identifier: Apache-2.0 */
/* Checks in words, from how they are written: "a behavioral health assessment, dated within 14 days before receipt, is there". */
#ifndef AR_POLICY_SAY_H
#define AR_POLICY_SAY_H

#include "base/text.h"
#include "policy/policy.h"

/* The words of one version. */
struct sayer {
	struct arena *arena;
	const struct policy *policy;
};

/* Reads as a condition ("the member is under 18 years old on the first day of service"). A check that has no words of its own is told by
 * its name and members. */
const char *say_check(const struct sayer *sayer, const struct json *node);

/* The name of a place of the request: its title, or its path. */
const char *say_place(const struct sayer *sayer, const char *path);

/* Coded words as people say them, joined by JOINT ("or"); those of "@lists" in their place. */
const char *say_word_list(const struct sayer *sayer, const struct json *words, const char *joint);

/* Document types by their titles. */
const char *say_types(const struct sayer *sayer, const struct json *types);

/* {"days": 14} as "14 days"; NULL for anything else. */
const char *say_amount(struct arena *arena, const struct json *amount);

/* The clock of an obligation: "Begins with the referral, each time. Due within 5 calendar days. ..."; NULL for another item. */
const char *say_duty(const struct sayer *sayer, const struct item *item);

/* Whatever it is: "kind: x; days: 3". */
const char *say_generic(struct arena *arena, const struct json *node);

/* ---- for the files of sayings ---- */

/* What happened: "the first service or the change of the clinical hub (clinical hub: ICC)". */
const char *say_selector(const struct sayer *sayer, const struct json *selector);

/* "from the end of case management until its restart", of the member `paused` of NODE; NULL without one. */
const char *say_paused(const struct sayer *sayer, const struct json *node);

/* A day by its name: "the first day of service". */
const char *say_day(const char *name);

/* Checks of what happened, of days between others and of tables; NULL for another. */
const char *say_happen_check(const struct sayer *sayer, const char *name, const struct json *arguments);

/* Checks of papers; NULL for another. */
const char *say_paper_check(const struct sayer *sayer, const char *name, const struct json *arguments);

/* {"code": ["a"], "active": true} as "the code is a and active is yes". */
const char *say_where(const struct sayer *sayer, const struct json *where);

struct say_list {
	struct text text;
	size_t count;
	size_t total;
	const char *joint; /* before the last: "and", "or" */
};
/* Adds one of TOTAL parts to a list: "a, b and c". */
struct say_list say_list(struct arena *arena, size_t total, const char *joint);
void say_add(struct say_list *list, const char *part);
const char *say_end(struct say_list *list);

#endif
