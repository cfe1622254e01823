/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checks: the closed set of tests that items are made of. Each is compiled at load into a node with resolved slots; evaluating one
 * answers met, not met or unknown and, unless met, adds to the trace what was found and what is needed. To add a check: a row in
 * check_kinds (check.c), a compile and an evaluate function in a file of its family, a line in docs/policy-format.md, a test.
 */
#ifndef AR_POLICY_CHECK_H
#define AR_POLICY_CHECK_H

#include "policy/evaluate.h"
#include "policy/spot.h"
#include "policy/table.h"
#include "policy/trace.h"
#include "policy/vocabulary.h"
#include "policy/window.h"

struct evaluator;

/* Days that checks name. */
enum check_day { DAY_RECEIPT, DAY_FIRST, DAY_LAST, DAY_ARRIVAL };

/* First member of every compiled check. */
struct check {
	enum answer (*evaluate)(const struct check *check, struct evaluator *evaluator, struct trace *trace);
	const char *subject; /* pointer into the body that the check hangs on */
};

/* A number that the checks of an item say; where they say several the sentence names the least or the most of them. */
struct number_phrase {
	const char *text; /* NULL when no check says it */
	int least;
	int most;
};

/* Numbers of an item's checks, for the placeholders of its sentences; NULL when no check says such a number. */
struct phrases {
	const char *window; /* "14 days" */
	struct number_phrase years;
	struct number_phrase days;
	struct number_phrase count;
	const char *amount;
	const char *attempts;
	const char *every;
};

/* What stands for a number that the checks of an item give twice and differently. */
extern const char phrase_ambiguous[];

/* What compiling needs and gathers; one per version. */
struct compiler {
	struct arena *arena;
	struct issues *issues;
	const struct vocabulary *vocabulary;
	const struct table_list *tables;
	const char *const *item_ids; /* every item of the version, by index */
	size_t item_count;
	/* of the item that is being compiled */
	struct phrases phrases;
	const struct window *window; /* the first window of its checks, for {earliest} */
	bool dates; /* the sentence that is read may say {dates} */
	bool looks_elsewhere; /* a check asks for other authorizations of the member */
	uint16_t *refers; /* indexes of items that it refers to */
	size_t refers_count;
	size_t refers_capacity;
};

/* How a check that is not met explains itself. */
enum check_voice {
	VOICE_OWN, /* says itself what it found */
	VOICE_PARTS, /* its parts say what they found, not what follows from that for the whole */
	VOICE_DAYS, /* says which days; what they mean is the item's to say */
	VOICE_NONE /* what it found is that something else holds */
};

/* One row of the closed table. */
struct check_kind {
	const char *name;
	enum check_voice voice;
	const struct check *(*compile)(struct compiler *compiler, const struct json *arguments, const struct spot *spot);
};

/* The table, for documentation and tests; ends with a row without a name. */
extern const struct check_kind check_kinds[];

/* The voice of a check that compiled. */
enum check_voice check_voice(const struct json *node);

/* Compiles {"name": arguments}; NULL after adding issues. */
const struct check *check_compile(struct compiler *compiler, const struct json *node, const struct spot *spot);

/* Where a check hangs, as a pointer into a body: a list stands for its elements. */
const char *check_pointer(const struct check *check, struct arena *arena);

/* Evaluates; CHECK NULL is met. */
enum answer check_evaluate(const struct check *check, struct evaluator *evaluator, struct trace *trace);

/* ---- for the families ---- */

/* Reports every member of an object that is not in the list of names (ends with NULL), and whatever is no object; false then. */
bool arguments_only(struct compiler *compiler, const struct json *arguments, const struct spot *spot, const char *const *names);
/* A member that must be there; NULL after an issue. */
const struct json *argument(struct compiler *compiler, const struct json *arguments, const struct spot *spot, const char *name,
			    enum json_kind kind);
/* An optional member of a kind; true unless it is there with another kind. *ret_node is NULL when absent. */
bool argument_optional(struct compiler *compiler, const struct json *arguments, const struct spot *spot, const char *name,
		       enum json_kind kind, const struct json **ret_node);
/* A whole number of a range; false after an issue. */
bool argument_count(struct compiler *compiler, const struct json *arguments, const struct spot *spot, const char *name,
		    int least, int most, int *ret_count);
/* One of NAMES (ends with NULL), its place there; false after an issue. */
bool word_choice(struct compiler *compiler, const struct json *node, const struct spot *spot, const char *const *names,
		 unsigned *ret_place);
/* A window {"days": 60}; NULL after an issue. Remembered for {window} and {earliest}. */
const struct window *argument_window(struct compiler *compiler, const struct json *node, const struct spot *spot);
/* As argument_window for the member itself, whose name is the unit. */
const struct window *argument_window_of(struct compiler *compiler, const struct json *amount, const struct spot *spot);
/* Document types by their place in the vocabulary; false after an issue. */
bool argument_types(struct compiler *compiler, const struct json *arguments, const struct spot *spot, const char *name,
		    const uint16_t **ret_types, size_t *ret_count);
/* "receipt", "first_day", "last_day" or "arrival"; false after an issue. */
bool check_day_compile(struct compiler *compiler, const struct json *node, const struct spot *spot, enum check_day *ret_day);
/* "the day of receipt", "the first day of service" */
const char *check_day_phrase(enum check_day day);
/* Remembers a number for a placeholder. */
void phrase_number(struct compiler *compiler, struct number_phrase *phrase, int number);
void phrase_text(const char **phrase, const char *text);
void compile_refers(struct compiler *compiler, size_t item);

#define CHECK_COMPILE(name) \
	const struct check *name(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
CHECK_COMPILE(compile_all);
CHECK_COMPILE(compile_any);
CHECK_COMPILE(compile_not);
CHECK_COMPILE(compile_at_least);
CHECK_COMPILE(compile_item);
CHECK_COMPILE(compile_applies);
CHECK_COMPILE(compile_present);
CHECK_COMPILE(compile_stated);
CHECK_COMPILE(compile_is);
CHECK_COMPILE(compile_one_of);
CHECK_COMPILE(compile_equals);
CHECK_COMPILE(compile_count_at_least);
CHECK_COMPILE(compile_each_has);
CHECK_COMPILE(compile_occurrences);
CHECK_COMPILE(compile_followed);
CHECK_COMPILE(compile_most);
CHECK_COMPILE(compile_document);
CHECK_COMPILE(compile_sections);
CHECK_COMPILE(compile_section_is);
CHECK_COMPILE(compile_signed);
CHECK_COMPILE(compile_took_part);
CHECK_COMPILE(compile_refers_to);
CHECK_COMPILE(compile_age_below);
CHECK_COMPILE(compile_age_at_least);
CHECK_COMPILE(compile_aged_at);
CHECK_COMPILE(compile_service_dates);
CHECK_COMPILE(compile_days);
CHECK_COMPILE(compile_whole);
CHECK_COMPILE(compile_hours_cover_units);
CHECK_COMPILE(compile_within);
CHECK_COMPILE(compile_not_after);
CHECK_COMPILE(compile_not_older);
CHECK_COMPILE(compile_in_order);
CHECK_COMPILE(compile_received);
CHECK_COMPILE(compile_day_between);
CHECK_COMPILE(compile_admitted);
CHECK_COMPILE(compile_discharged);
CHECK_COMPILE(compile_table);
CHECK_COMPILE(compile_event);
CHECK_COMPILE(compile_verified);
CHECK_COMPILE(compile_contradicted);
#undef CHECK_COMPILE

#endif
