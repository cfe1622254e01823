/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a determination is decided on: the answer as it stands, with what was found about each criterion and the days that cannot be
 * approved; the lines that are asked for; the rules that apply. Read once, for the decision and for its preview. Pure.
 */
#ifndef AR_REVIEW_DETERMINATION_FACTS_H
#define AR_REVIEW_DETERMINATION_FACTS_H

#include "review/amend.h"

/* A line of the request. */
struct asked_line {
	size_t line; /* in the request, counted from 0 */
	const char *code; /* or NULL */
	const char *key; /* the code as codes are compared, or NULL */
	const char *unit; /* or NULL */
	bool daily; /* a unit is a day */
	double units; /* as asked; below 0 when the line does not say */
	struct day_set days; /* empty when its dates make no sense */
};

/* What is known about a criterion: by the licensed answer where there is one, else by the machine. */
struct found {
	const struct item *item;
	const char *answer; /* "met", "not_met", "unknown", "cannot_tell" */
	const char *say;
	bool licensed;
	bool settled; /* staff set aside what it says: it bars nothing */
};

/* Requested days that cannot be approved, and on what basis. */
struct barred {
	const struct item *item; /* whose `unapprovable` is the basis */
	const char *say;
	struct day_set days;
};

struct determination_facts {
	struct arena *arena;
	const struct program *program;
	const struct evaluation *evaluation; /* its rules, what is requested, the attempts owed */
	const struct json *plan;
	const struct json *documents; /* of the request, or NULL */
	bool provider_named; /* the request says who will give the care */
	struct instant now;
	struct asked_line *lines;
	size_t line_count;
	struct day_set asked; /* all days of the lines */
	struct found *found; /* criteria, judgments, eligibility */
	size_t found_count;
	struct barred *barred;
	size_t barred_count;
	struct day_set closed; /* every barred day */
	struct clock_list clocks; /* as they were kept */
};

/* Of an amendment that was judged. */
void determination_facts(const struct amendment *amendment, struct determination_facts *ret_facts);

/* A billing code in capitals and without blanks around it: codes are compared so. NULL of a code that says nothing. */
const char *facts_code_key(struct arena *arena, const char *code);

/* Whether two lines have one billing code. */
bool facts_same_code(const struct asked_line *a, const struct asked_line *b);

/* What was found about the item ID, or NULL. */
const struct found *facts_found(const struct determination_facts *facts, const char *id);

bool found_open(const struct found *found); /* neither met nor not met */
bool found_refused(const struct found *found); /* not met, by a licensed reviewer */

/* How the certificate of need ended ("certified"), or NULL. */
const char *facts_certificate(const struct determination_facts *facts);

/* Whether it ended in another way, and an approval needs it: no day can be approved. */
bool facts_uncertified(const struct determination_facts *facts);

/* For the sentences of a problem, which are bounded: days, however many spans; what was said, unless it is long. */
const char *days_brief(struct arena *arena, struct day_set days);
const char *say_brief(const char *say, const struct item *item);

/* Local day of an instant of this request. */
struct civil_date facts_day(const struct determination_facts *facts, struct instant at);

#endif
