/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/answer_parts.h"

#include "base/civil.h"
#include "wire/cite.h"
#include "wire/judgment_words.h"
#include "wire/time_json.h"

#include <string.h>

static void write_entry(struct json_writer *writer, const struct entry *entry)
{
	json_open_object(writer);
	json_member_text(writer, "item", entry->item->id);
	json_member_text(writer, "pointer", entry->pointer);
	json_member_text(writer, "problem", problem_name(entry->problem));
	json_member_text(writer, "found", entry->found);
	json_member_text(writer, "needed", entry->needed);
	json_member_text(writer, "say", entry->say);
	json_member_text(writer, "fix", entry->fix);
	json_member_text(writer, "owner", entry->owner != NULL ? entry->owner : entry->item->owner);
	cite_write(writer, entry->item);
	json_close_object(writer);
}

void answer_write_entries(struct json_writer *writer, const char *name, const struct entry *entries, size_t count)
{
	json_put_name(writer, name);
	json_open_array(writer);
	for (size_t i = 0; i < count; i++) {
		write_entry(writer, &entries[i]);
	}
	json_close_array(writer);
}

void answer_write_return(struct json_writer *writer, const struct evaluation *evaluation)
{
	json_put_name(writer, "proposed_return");
	if (evaluation->return_count == 0) {
		json_put_null(writer);
		return;
	}
	const struct return_reason *reason = &evaluation->returns[0];
	json_open_object(writer);
	json_member_text(writer, "item", reason->item->id);
	json_member_text(writer, "reason", reason->reason);
	json_member_text(writer, "say", reason->say);
	json_member_text(writer, "fix", reason->fix);
	json_member_boolean(writer, "verified", reason->verified);
	cite_write(writer, reason->item);
	json_close_object(writer);
}

/* What a licensed reviewer answered of a criterion, or NULL. */
static const struct json *licensed_of(const struct json *answers, const char *criterion)
{
	for (const struct json *node = json_first(answers); node != NULL; node = json_next(node)) {
		if (strcmp(json_text(json_member(node, "criterion")), criterion) == 0) {
			return node;
		}
	}
	return NULL;
}

/* The answer without the name of the criterion, which the finding says. */
static void write_licensed(struct json_writer *writer, const struct json *licensed)
{
	json_put_name(writer, "licensed");
	if (licensed == NULL) {
		json_put_null(writer);
		return;
	}
	json_open_object(writer);
	for (const struct json *part = json_first(licensed); part != NULL; part = json_next(part)) {
		if (strcmp(json_name(part), "criterion") != 0) {
			json_member_tree(writer, json_name(part), part);
		}
	}
	json_close_object(writer);
}

static const char *say_finding(const struct finding *finding, const struct json *licensed, struct arena *arena)
{
	const struct item *item = finding->item;
	if (finding->say != NULL) {
		return finding->say;
	}
	return item->kind == KIND_JUDGMENT ? judgment_say(arena, item->text, json_text(json_member(licensed, "answer")))
					   : item->text;
}

static void write_finding(struct json_writer *writer, const struct finding *finding, const struct json *answers)
{
	const struct json *licensed = licensed_of(answers, finding->item->id);
	json_open_object(writer);
	json_member_text(writer, "item", finding->item->id);
	json_member_text(writer, "kind", item_kind_name(finding->item->kind));
	json_member_text(writer, "answer", answer_name(finding->answer));
	json_member_text(writer, "say", say_finding(finding, licensed, writer->out->arena));
	write_licensed(writer, licensed);
	cite_write(writer, finding->item);
	json_close_object(writer);
}

void answer_write_findings(struct json_writer *writer, const struct evaluation *evaluation, const struct json *answers)
{
	json_put_name(writer, "findings");
	json_open_array(writer);
	for (size_t i = 0; i < evaluation->finding_count; i++) {
		write_finding(writer, &evaluation->findings[i], answers);
	}
	json_close_array(writer);
}

static void write_kept_finding(struct json_writer *writer, const struct json *finding, const struct json *answers)
{
	const struct json *licensed = licensed_of(answers, json_text(json_member(finding, "item")));
	const char *answer = json_text(json_member(licensed, "answer"));
	json_open_object(writer);
	for (const struct json *part = json_first(finding); part != NULL; part = json_next(part)) {
		if (strcmp(json_name(part), "licensed") == 0) {
			write_licensed(writer, licensed);
		} else if (strcmp(json_name(part), "say") == 0) {
			json_member_text(writer, "say", judgment_say_again(writer->out->arena, json_text(part), answer));
		} else {
			json_member_tree(writer, json_name(part), part);
		}
	}
	json_close_object(writer);
}

void answer_write_kept_findings(struct json_writer *writer, const struct json *findings, const struct json *answers)
{
	json_put_name(writer, "findings");
	json_open_array(writer);
	for (const struct json *node = json_first(findings); node != NULL; node = json_next(node)) {
		write_kept_finding(writer, node, answers);
	}
	json_close_array(writer);
}

void answer_write_flags(struct json_writer *writer, const struct evaluation *evaluation)
{
	json_put_name(writer, "flags");
	json_open_array(writer);
	for (size_t i = 0; i < evaluation->flag_count; i++) {
		const struct flag *flag = &evaluation->flags[i];
		json_open_object(writer);
		json_member_text(writer, "flag", flag->code);
		json_member_text(writer, "item", flag->item->id);
		json_member_text(writer, "pointer", flag->pointer);
		json_member_text(writer, "say", flag->say);
		json_member_text(writer, "fix", flag->fix);
		json_member_days(writer, "days", flag->days);
		cite_write(writer, flag->item);
		json_close_object(writer);
	}
	json_close_array(writer);
}

void answer_write_limits(struct json_writer *writer, const struct evaluation *evaluation)
{
	json_put_name(writer, "limits");
	json_open_array(writer);
	for (size_t i = 0; i < evaluation->limit_count; i++) {
		const struct limit_excess *limit = &evaluation->limits[i];
		json_open_object(writer);
		json_member_text(writer, "item", limit->item->id);
		json_member_text(writer, "pointer", limit->pointer);
		json_member_day(writer, "from", limit->from);
		json_member_day(writer, "asked_to", limit->asked_to);
		json_member_day(writer, "allowed_to", limit->allowed_to);
		json_member_integer(writer, "asked_days", limit->asked_days);
		json_member_integer(writer, "allowed_days", limit->allowed_days);
		json_put_name(writer, "asked_units");
		json_put_number(writer, limit->asked_units);
		json_put_name(writer, "allowed_units");
		json_put_number(writer, limit->allowed_units);
		json_member_text(writer, "say", limit->say);
		cite_write(writer, limit->item);
		json_close_object(writer);
	}
	json_close_array(writer);
}
