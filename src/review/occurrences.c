/* SPDX-License-Identifier: Apache-2.0 */
#include "review/occurrences.h"

#include "base/json_write.h"
#include "base/text.h"
#include "policy/occurrence.h"
#include "policy/titles.h"
#include "review/occurrence_names.h"
#include "review/own_json.h"

#include <string.h>

/* What stands in addresses and in the names of duties. */
static const char id_letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* A bound on work, far above what care brings; a version may declare fewer. Beyond them a record has OCCURRENCES_SPARE. */
enum { LIST_MAX = 1000 };

/*
 * How far back one records what happened, before the day of recording. A bound of the service, not of a policy: whatever is owed in periods since
 * then is made and told at once, and a year that was mistyped would bring hundreds of missed duties.
 */
enum { YEARS_BACK = 2 };

static const char *member_text(const struct json *node, const char *name)
{
	return json_text(json_member(node, name));
}

static const char *given_text(const struct json *node, const char *name)
{
	const char *text = member_text(node, name);
	return text_blank(text) ? NULL : text;
}

/* ---- one element ---- */

struct look {
	const struct occurrences_report *report;
	const struct occurrence_names *names;
	const struct json *node;
	const char *pointer;
	struct issues *issues;
};

static const char *below(const struct look *look, const char *name)
{
	return arena_printf(look->issues->arena, "%s/%s", look->pointer, name);
}

static const struct occurrence_kind *kind_of(const struct look *look)
{
	const char *kind = member_text(look->node, "kind");
	return kind != NULL ? occurrence_kind_find(policy_occurrences(look->report->policy), kind) : NULL;
}

/* How an element without a kind gets one: that of a retraction is known. */
static const char *kind_fix(const struct look *look)
{
	const char *retracts = member_text(look->node, "retracts");
	const struct json *of = retracts != NULL ? occurrence_named(look->names, retracts, look->node) : NULL;
	const char *kind = of != NULL ? member_text(of, "kind") : NULL;
	return retracts == NULL ? "Say what happened."
	       : kind == NULL
		       ? "Send the kind of what is retracted."
		       : arena_printf(look->issues->arena, "Send \"kind\": \"%s\", the kind of what is retracted.", kind);
}

static void check_kind(const struct look *look)
{
	const struct occurrence_kind *kind = kind_of(look);
	const struct json *said = json_member(look->node, "kind");
	if (said == NULL || json_kind(said) == JSON_NULL) {
		issues_add(look->issues, below(look, "kind"), "missing_member", kind_fix(look),
			   "an occurrence is of one of the kinds that the policy knows");
	} else if (kind != NULL && !occurrence_kind_by(kind, role_name(look->report->call->principal->role))) {
		issues_add(look->issues, below(look, "kind"), "not_permitted", "Leave it to whoever records this kind.",
			   "your role does not record this kind");
	} else if (kind != NULL && strcmp(kind->name, occurrence_attestation) == 0) {
		issues_add(look->issues, below(look, "kind"), "recorded_elsewhere",
			   "Send it to PUT /v1/providers/{npi}/attestations/{id}.",
			   "what a provider attests is no part of the care of a member");
	}
}

/* What the duties of its kind hang on. */
static void check_needs(const struct look *look)
{
	const struct occurrence_kind *kind = kind_of(look);
	for (size_t i = 0; kind != NULL && i < kind->needs.count; i++) {
		const char *name = kind->needs.list[i];
		const struct json *said = json_member(look->node, name);
		const char *path = arena_printf(look->issues->arena, "%s/*/%s", occurrence_list, name);
		const char *title = title_at(look->report->policy->vocabulary, path);
		if (said == NULL || json_kind(said) == JSON_NULL ||
		    (json_kind(said) == JSON_TEXT && text_blank(json_text(said)))) {
			issues_add(look->issues, below(look, name), "missing_member",
				   arena_printf(look->issues->arena, "Say it: %s.", title != NULL ? title : name),
				   "%s is recorded with it", kind->phrase);
		}
	}
}

static void check_not_before(const struct look *look, const char *name, struct civil_date on)
{
	char found[CIVIL_TEXT_SIZE];
	char needed[CIVIL_TEXT_SIZE];
	struct civil_date birth = {0};
	const struct occurrences_report *report = look->report;
	const struct civil_date oldest = civil_add_years(zone_date(report->policy->zone, report->call->now), -YEARS_BACK);
	const char *born = report->birth_date;
	if (born != NULL && civil_parse(born, &birth) && civil_compare(on, birth) < 0) {
		issues_add(look->issues, below(look, name), "before_birth", "Send the day on which it happened.",
			   "it happened on %s; needed: not before the member was born, %s", civil_format(on, found),
			   civil_format(birth, needed));
	} else if (civil_compare(on, oldest) < 0) {
		issues_add(look->issues, below(look, name), "too_long_ago", "Send the day on which it happened.",
			   "it happened on %s; needed: on or after %s, %d years before today", civil_format(on, found),
			   civil_format(oldest, needed), YEARS_BACK);
	}
}

/* Of something new; what a retraction repeats may lie further back. */
static void check_age(const struct look *look)
{
	struct instant at = {0};
	struct civil_date on = {0};
	const char *at_text = given_text(look->node, "at");
	const char *on_text = given_text(look->node, "on");
	if (at_text != NULL && instant_parse(at_text, &at)) {
		check_not_before(look, "at", zone_date(look->report->policy->zone, at));
	} else if (on_text != NULL && civil_parse(on_text, &on)) {
		check_not_before(look, "on", on);
	}
}

/* Something that is no text: its form is the shape's business. */
static bool said_otherwise(const struct json *node, const char *name)
{
	const struct json *said = json_member(node, name);
	return said != NULL && json_kind(said) != JSON_NULL && json_kind(said) != JSON_TEXT;
}

/* Nothing is recorded before it happened; what is planned has members of its own. */
static void check_when(const struct look *look, bool needed)
{
	struct instant at = {0};
	struct civil_date on = {0};
	const struct occurrence_kind *kind = kind_of(look);
	const struct zone *zone = look->report->policy->zone;
	const struct instant now = look->report->call->now;
	const char *at_text = given_text(look->node, "at");
	const char *on_text = given_text(look->node, "on");
	const bool timed = at_text != NULL && instant_parse(at_text, &at);
	const bool dated = on_text != NULL && civil_parse(on_text, &on);
	const bool silent = !said_otherwise(look->node, "at") && !said_otherwise(look->node, "on");
	if (needed && silent && at_text == NULL && (on_text == NULL || (kind != NULL && kind->timed))) {
		const bool hour = kind != NULL && kind->timed;
		issues_add(look->issues, below(look, hour ? "at" : "on"), "missing_member",
			   hour ? "Say at what moment it happened." : "Say on which day, or at what moment, it happened.",
			   "when it happened is not said");
	}
	if (timed && instant_compare(at, now) > 0) {
		issues_add(look->issues, below(look, "at"), "in_the_future", "Record it when it has happened.",
			   "it cannot have happened later than now");
	} else if (timed && dated && civil_compare(zone_date(zone, at), on) != 0) {
		issues_add(look->issues, below(look, "on"), "contradiction", "Leave out `on`; `at` says it.",
			   "this is not the local day of `at`");
	}
	if (dated && civil_compare(on, zone_date(zone, now)) > 0) {
		issues_add(look->issues, below(look, "on"), "in_the_future", "Record it when it has happened.",
			   "it cannot have happened later than today");
	}
}

/* Of a wrong record only what is retracted and why counts. */
static void check_retraction(const struct look *look, const char *id)
{
	const struct json *of = occurrence_named(look->names, id, look->node);
	if (of == NULL) {
		issues_add(look->issues, below(look, "retracts"), "not_found", "Name an occurrence by its `id`, as in \"o3\".",
			   "no earlier occurrence has this name");
	} else if (occurrence_retracted(look->names, id, look->node)) {
		issues_add(look->issues, below(look, "retracts"), "retracted", "Leave it out.",
			   "this occurrence was retracted already");
	} else {
		const char *kind = member_text(look->node, "kind");
		const char *other = member_text(of, "kind");
		if (kind != NULL && other != NULL && strcmp(kind, other) != 0) {
			issues_add(look->issues, below(look, "kind"), "contradiction", "Send the kind of what is retracted.",
				   "what is retracted is of another kind");
		}
	}
	if (given_text(look->node, "reason") == NULL) {
		issues_add(look->issues, below(look, "reason"), "missing_member", "Say what was wrong with it.",
			   "a retraction says why");
	}
}

static void check_names(const struct look *look)
{
	static const char *const ours[] = {"recorded_by", "recorded_at"};
	const char *id = member_text(look->node, "id");
	if (id != NULL && (*id == '\0' || strspn(id, id_letters) != strlen(id))) {
		issues_add(look->issues, below(look, "id"), "not_an_id", "Leave it out; the server gives one.",
			   "an id is made of letters without accents, digits, - and _");
	} else if (id != NULL && occurrence_named(look->names, id, look->node) != NULL) {
		issues_add(look->issues, below(look, "id"), "duplicate_id", "Leave it out; the server gives one.",
			   "an occurrence of the record has this id");
	}
	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++) {
		const struct json *said = json_member(look->node, ours[i]);
		if (said != NULL && json_kind(said) != JSON_NULL) {
			issues_add(look->issues, below(look, ours[i]), "not_permitted", "Leave it out; the server says it.",
				   "who records it, and when, is not for the sender to say");
		}
	}
}

/* ---- how many ---- */

bool occurrences_conclude(const struct policy *policy, const struct json *list)
{
	const struct occurrence_kinds *kinds = policy_occurrences(policy);
	for (const struct json *node = json_first(list); node != NULL; node = json_next(node)) {
		const char *name = member_text(node, "kind");
		const struct occurrence_kind *kind = name != NULL ? occurrence_kind_find(kinds, name) : NULL;
		if (member_text(node, "retracts") == NULL && (kind == NULL || !kind->ends)) {
			return false;
		}
	}
	return list != NULL;
}

/* False with an issue when the list does not take them. */
static bool check_count(const struct occurrences_report *report, struct issues *issues)
{
	const struct occurrence_kinds *kinds = policy_occurrences(report->policy);
	const size_t most = kinds != NULL && kinds->most < LIST_MAX ? kinds->most : LIST_MAX;
	const size_t count = json_count(report->before) + json_count(report->added);
	if (count <= most) {
		return true;
	}
	if (count > most + OCCURRENCES_SPARE) {
		issues_add(issues, report->pointer, "too_many", "Begin another record.",
			   "a record holds at most %zu occurrences, and %d more that retract or end something", most,
			   OCCURRENCES_SPARE);
		return false;
	}
	if (!occurrences_conclude(report->policy, report->added)) {
		issues_add(issues, report->pointer, "too_many",
			   "Record here only what ends the care or retracts something, by itself, and begin another record for "
			   "the rest.",
			   "a record holds at most %zu occurrences", most);
		return false;
	}
	return true;
}

void occurrences_check(const struct occurrences_report *report, struct issues *issues)
{
	size_t index = 0;
	if (!check_count(report, issues)) {
		return;
	}
	const struct occurrence_names names = occurrence_names(issues->arena, report->before, report->added);
	for (const struct json *node = json_first(report->added); node != NULL; node = json_next(node), index++) {
		const struct look look = {report, &names, node, arena_printf(issues->arena, "%s/%zu", report->pointer, index),
					  issues};
		const char *retracts = member_text(node, "retracts");
		if (json_kind(node) != JSON_OBJECT) {
			continue; /* the shape says so */
		}
		check_kind(&look);
		check_names(&look);
		check_when(&look, retracts == NULL);
		if (retracts != NULL) {
			check_retraction(&look, retracts);
		} else {
			check_needs(&look);
			check_age(&look);
		}
	}
}

/* ---- the list ---- */

static void put_one(struct json_writer *writer, const struct occurrences_report *report, const struct json *node,
		    const char *id)
{
	char at[INSTANT_TEXT_SIZE];
	json_open_object(writer);
	json_member_text(writer, "id", id);
	for (const struct json *member = json_first(node); member != NULL; member = json_next(member)) {
		const char *name = json_name(member);
		const bool ours =
			strcmp(name, "id") == 0 || strcmp(name, "recorded_by") == 0 || strcmp(name, "recorded_at") == 0;
		if (!ours) {
			json_put_name(writer, name);
			json_put_tree(writer, member);
		}
	}
	json_member_text(writer, "recorded_by", report->call->principal->id);
	json_member_text(writer, "recorded_at", zone_format(report->policy->zone, report->call->now, at));
	json_close_object(writer);
}

const struct json *occurrences_join(const struct occurrences_report *report)
{
	struct text out;
	struct json_writer writer;
	const struct occurrence_names names = occurrence_names(report->call->arena, report->before, report->added);
	size_t place = json_count(report->before);
	text_init(&out, report->call->arena, 4096);
	json_writer_init(&writer, &out);
	json_open_array(&writer);
	for (const struct json *node = json_first(report->before); node != NULL; node = json_next(node)) {
		json_put_tree(&writer, node);
	}
	for (const struct json *node = json_first(report->added); node != NULL; node = json_next(node), place++) {
		if (json_kind(node) == JSON_OBJECT) {
			put_one(&writer, report, node, names.ids[place]);
		} else {
			json_put_tree(&writer, node);
		}
	}
	json_close_array(&writer);
	return own_json(report->call->arena, out.data);
}
