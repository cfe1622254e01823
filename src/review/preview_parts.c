/* SPDX-License-Identifier: Apache-2.0 */
#include "review/preview_parts.h"

#include "wire/cite.h"
#include "wire/time_json.h"

#include <string.h>

static void put_words(struct json_writer *writer, const char *name, const struct item_words *words)
{
	json_put_name(writer, name);
	json_open_array(writer);
	for (size_t i = 0; i < words->count; i++) {
		json_put_text(writer, words->list[i]);
	}
	json_close_array(writer);
}

static void put_number(struct json_writer *writer, const char *name, double number)
{
	json_put_name(writer, name);
	json_put_number(writer, number);
}

void preview_write_guards(struct json_writer *writer, const struct issues *guards)
{
	json_put_name(writer, "guards");
	json_open_array(writer);
	for (size_t i = 0; i < guards->count; i++) {
		const struct issue *issue = &guards->items[i];
		json_open_object(writer);
		json_member_text(writer, "pointer", issue->pointer);
		json_member_text(writer, "code", issue->code);
		json_member_text(writer, "detail", issue->detail);
		json_member_text(writer, "fix", issue->fix);
		json_close_object(writer);
	}
	json_close_array(writer);
}

/* Whether the item is about the outcome on some basis. */
static bool concerns(const struct item *item, enum verdict verdict)
{
	unsigned of = (verdict != VERDICT_DENIED ? RULING_APPROVED : 0U) | (verdict != VERDICT_APPROVED ? RULING_DENIED : 0U);
	return item->kind == KIND_DETERMINATION && (item->of & of) != 0;
}

void preview_write_needs(struct json_writer *writer, const struct determination_facts *facts, enum verdict verdict)
{
	static const struct item_words any = {NULL, 0};
	json_put_name(writer, "needs");
	json_open_array(writer);
	for (size_t i = 0; i < facts->evaluation->rule_count; i++) {
		const struct item *item = facts->evaluation->rules[i];
		for (size_t k = 0; concerns(item, verdict) && k < item->needs.count; k++) {
			json_open_object(writer);
			json_member_text(writer, "need", item->needs.list[k]);
			json_member_text(writer, "item", item->id);
			json_member_text(writer, "say", item->text);
			put_words(writer, "bases", verdict != VERDICT_APPROVED ? &item->grounds : &any);
			put_words(writer, "words", &item->words);
			cite_write(writer, item);
			json_close_object(writer);
		}
	}
	json_close_array(writer);
}

/* Whether every rule about the outcome allows the credential. */
static bool allowed(const struct determination_facts *facts, enum verdict verdict, const char *credential)
{
	for (size_t i = 0; i < facts->evaluation->rule_count; i++) {
		const struct item *item = facts->evaluation->rules[i];
		if (concerns(item, verdict) && item->by.count > 0 && !item_words_have(&item->by, credential)) {
			return false;
		}
	}
	return true;
}

void preview_write_credentials(struct json_writer *writer, const struct determination_facts *facts, enum verdict verdict)
{
	json_put_name(writer, "credentials");
	json_open_array(writer);
	for (size_t i = 0; i < facts->evaluation->rule_count; i++) {
		const struct item *item = facts->evaluation->rules[i];
		if (!concerns(item, verdict) || item->by.count == 0) {
			continue;
		}
		for (size_t k = 0; k < item->by.count; k++) {
			if (allowed(facts, verdict, item->by.list[k])) {
				json_put_text(writer, item->by.list[k]);
			}
		}
		break; /* the others can only narrow the first */
	}
	json_close_array(writer);
}

/* Where what may be approved hangs on a review whose days are not known, nothing can be told yet. */
static struct grants can_grant(const struct determination_facts *facts)
{
	const struct caps caps = caps_of(facts, INTERQUAL_UNKNOWN);
	return caps_wait(facts, &caps) ? (struct grants){NULL, 0, false} : grants_possible(facts, &caps);
}

void preview_write_lines(struct json_writer *writer, const struct determination_facts *facts)
{
	const struct grants can = can_grant(facts);
	json_put_name(writer, "lines");
	json_open_array(writer);
	for (size_t i = 0; i < facts->line_count; i++) {
		const struct asked_line *line = &facts->lines[i];
		struct day_set days = {NULL, 0};
		double units = 0;
		for (size_t k = 0; k < can.count; k++) {
			if (can.list[k].line == i) {
				days = days_union(facts->arena, days, days_of(facts->arena, &can.list[k].days, 1));
				units += can.list[k].units;
			}
		}
		json_open_object(writer);
		json_member_integer(writer, "line", (int64_t)i);
		json_member_text(writer, "code", line->code);
		json_member_text(writer, "unit", line->unit);
		json_member_days(writer, "days", line->days);
		json_member_integer(writer, "asked_days", days_count(line->days));
		json_member_integer(writer, "allowed_days", days_count(days));
		put_number(writer, "asked_units", line->units < 0 ? 0 : line->units);
		put_number(writer, "allowed_units", units);
		json_close_object(writer);
	}
	json_close_array(writer);
}

void preview_write_limits(struct json_writer *writer, const struct determination_facts *facts)
{
	json_put_name(writer, "limits");
	json_open_array(writer);
	for (size_t i = 0; i < facts->evaluation->rule_count; i++) {
		const struct item *item = facts->evaluation->rules[i];
		if (item->kind != KIND_LIMIT) {
			continue;
		}
		json_open_object(writer);
		json_member_text(writer, "item", item->id);
		json_put_name(writer, "days");
		if (item->limit_days > 0) {
			json_put_integer(writer, item->limit_days);
		} else {
			json_put_null(writer);
		}
		json_member_text(writer, "source", item->limit_source);
		json_member_text(writer, "say", item->text);
		cite_write(writer, item);
		json_close_object(writer);
	}
	json_close_array(writer);
}

void preview_write_barred(struct json_writer *writer, const struct determination_facts *facts)
{
	json_put_name(writer, "not_approvable");
	json_open_array(writer);
	for (size_t i = 0; i < facts->barred_count; i++) {
		const struct barred *barred = &facts->barred[i];
		json_open_object(writer);
		json_member_text(writer, "basis", barred->item->unapprovable);
		json_member_text(writer, "item", barred->item->id);
		json_member_text(writer, "say", barred->say);
		json_member_days(writer, "days", barred->days);
		cite_write(writer, barred->item);
		json_close_object(writer);
	}
	json_close_array(writer);
}

void preview_write_grants(struct json_writer *writer, const struct determination_facts *facts)
{
	const struct grants can = can_grant(facts);
	json_put_name(writer, "grants");
	json_open_array(writer);
	for (size_t i = 0; i < can.count; i++) {
		json_open_object(writer);
		json_member_integer(writer, "line", (int64_t)can.list[i].line);
		json_member_day(writer, "from", can.list[i].days.from);
		json_member_day(writer, "to", can.list[i].days.to);
		put_number(writer, "units", can.list[i].units);
		json_close_object(writer);
	}
	json_close_array(writer);
}

void preview_write_open(struct json_writer *writer, const struct determination_facts *facts)
{
	json_put_name(writer, "open");
	json_open_array(writer);
	for (size_t i = 0; i < facts->found_count; i++) {
		const struct found *found = &facts->found[i];
		if (found->settled || strcmp(found->answer, "met") == 0) {
			continue;
		}
		json_open_object(writer);
		json_member_text(writer, "item", found->item->id);
		json_member_text(writer, "kind", item_kind_name(found->item->kind));
		json_member_text(writer, "answer", found->answer);
		json_member_boolean(writer, "licensed", found->licensed);
		json_member_text(writer, "say", found->say);
		put_words(writer, "credentials", &found->item->by);
		cite_write(writer, found->item);
		json_close_object(writer);
	}
	json_close_array(writer);
}

/* Minutes until then, negative once it has passed. */
static int64_t minutes_left(struct instant due, struct instant now)
{
	return (due.us - now.us) / INT64_C(60000000);
}

void preview_write_clocks(struct json_writer *writer, const struct determination_facts *facts)
{
	bool late = false;
	const struct zone *zone = facts->program->policy->zone;
	json_put_name(writer, "clocks");
	json_open_array(writer);
	for (size_t i = 0; i < facts->clocks.count; i++) {
		const struct clock *clock = &facts->clocks.clocks[i];
		late = late || clock_late(clock, facts->now);
		json_open_object(writer);
		json_member_text(writer, "rule", clock->item->id);
		json_member_text(writer, "basis", clock->item->basis);
		json_member_instant(writer, "due_at", clock->due.due_at, zone);
		json_member_instant(writer, "act_by", clock->due.act_by, zone);
		json_member_integer(writer, "minutes_left", minutes_left(clock->due.due_at, facts->now));
		json_member_boolean(writer, "passed", clock_late(clock, facts->now));
		json_close_object(writer);
	}
	json_close_array(writer);
	json_member_boolean(writer, "late", late);
}
