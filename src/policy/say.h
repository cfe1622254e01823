/* SPDX-License-Identifier: Apache-2.0 */
/* Checks in words, from how they are written: "there is a behavioral health assessment, dated at most 14 days before receipt". */
#ifndef AR_POLICY_SAY_H
#define AR_POLICY_SAY_H

#include "base/text.h"
#include "policy/policy.h"

/* The words of one version: its manifest, its vocabulary (request_schema, facts and words are enough) and its items. */
struct sayer {
	struct arena *arena;
	const struct policy *policy;
	bool plain; /* for somebody who does not know the items: without their ids */
	const struct program *program; /* on whose checklist it stands: what that settles is left out; or NULL */
};

/*
 * Reads as a condition ("the member is under 18 years old on the first day of service"). Negations are said by what is so instead ("is at
 * least 18 years old"), so that none is ever doubled; parts that hang together are numbered (1), (a), (i).
 */
const char *say_check(const struct sayer *sayer, const struct json *node);

/* Whether the service and the review of the checklist alone settle a condition: it holds of every request there, or of none. */
enum settled { SETTLED_NOT, SETTLED_HOLDS, SETTLED_FAILS };
enum settled say_settled(const struct sayer *sayer, const struct json *node);

/* The name of a place of the request ("the member's birth date"), of each of a list for a path with an asterisk. */
const char *say_place(const struct sayer *sayer, const char *path);

/* Coded words as people say them, joined by JOINT ("or"); those of "@lists" in their place. */
const char *say_word_list(const struct sayer *sayer, const struct json *words, const char *joint);

/* One coded word; one that the policy has no words for without its underscores. */
const char *say_coded(const struct sayer *sayer, const char *word);

/* Whose something is: "the servicing provider", or the policy's own word. */
const char *say_owner(const struct sayer *sayer, const char *owner);

/* Whether WORD stands among the coded words, those of "@lists" in their place. */
bool say_has_word(const struct sayer *sayer, const struct json *words, const char *word);

/* Document types by their titles. */
const char *say_types(const struct sayer *sayer, const struct json *types);

/* Sections by their titles, in quotes. */
const char *say_section_titles(const struct sayer *sayer, const struct json *names);

/* {"days": 14} as "14 days"; NULL for anything else. */
const char *say_amount(struct arena *arena, const struct json *amount);

/* When a duty begins not: "Nothing begins from the end of case management until its restart."; NULL where it always may. */
const char *say_paused(const struct sayer *sayer, const struct item *item);

/* The clock of an obligation: "Begins with the referral, each time. Due within 5 calendar days. ..."; NULL for another item. */
const char *say_duty(const struct sayer *sayer, const struct item *item);

/* What an item says besides its check, in sentences: its clock, who is told, what a determination needs; NULL when it is nothing. */
const char *say_rule(const struct sayer *sayer, const struct item *item);

/* Whatever it is, "nothing" where there is none: "kind: x; days: 3". */
const char *say_generic(struct arena *arena, const struct json *node);

/* What happened: "the first service or the change of the clinical hub (clinical hub: ICC)". */
const char *say_selector(const struct sayer *sayer, const struct json *selector);

/* "from the end of case management until its restart", of {"from": selector, "to": selector}. */
const char *say_pause(const struct sayer *sayer, const struct json *paused);

/* ---- for the files of sayings ---- */

/* The words of a check with these arguments, where it HOLDS and where it does not; NULL where a member is none of its own. */
typedef const char *say_fn(const struct sayer *sayer, const struct json *arguments, bool holds);
say_fn say_present, say_stated, say_is, say_one_of, say_equals, say_count_at_least, say_each_has, say_most, say_whole,
	say_hours_cover_units;
say_fn say_age_below, say_age_at_least, say_aged_at, say_service_dates, say_days, say_within, say_not_after, say_in_order,
	say_admitted, say_discharged, say_event, say_verified, say_contradicted;
say_fn say_document, say_sections, say_section_is, say_signed, say_took_part, say_refers, say_not_older;
say_fn say_occurrences, say_followed, say_received, say_day_between, say_table;
say_fn say_item, say_applies;

/* The words of a single check, none that joins others. */
const char *say_single(const struct sayer *sayer, const char *name, const struct json *arguments, bool holds);

/* Joined checks: numbered where plain words would not tell what belongs to what. */
const char *say_joined(const struct sayer *sayer, const struct json *node, bool holds);

/* "the first day of service" by the name of a day, the place at a path, or the newest of some papers. */
const char *say_side(const struct sayer *sayer, const struct json *side);
const char *say_day(const char *name);

/* What was recorded under the name of an event: the sentence of the gate that waits for it. */
const char *say_event_name(const struct sayer *sayer, const char *event);

/* What elements of the list at LIST must be: "kind of hub: ICC or IHT, and provider: given". */
const char *say_where(const struct sayer *sayer, const char *list, const struct json *where);

/* "kind of hub": what a member of the elements is called. */
const char *say_member(const struct sayer *sayer, const char *list, const char *member);

/* "the answer to ..." or the name; and whether it is a statement that is answered, or stands for several things. */
struct said_place {
	const char *name;
	const char *statement; /* of a boolean what it states, else NULL */
	const char *list; /* of a path with an asterisk the name of the list, else NULL */
	bool many;
};
struct said_place say_find_place(const struct sayer *sayer, const char *path);

/* Text or number of a member; "" and 0 where there is none. */
const char *say_text_of(const struct json *arguments, const char *member);
long long say_number_of(const struct json *arguments, const char *member);

/* "a" or "an" before WORDS, with them. */
const char *say_with_article(struct arena *arena, const char *words);

/* A name without its underscores. */
const char *say_plain(struct arena *arena, const char *name);

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
