/* SPDX-License-Identifier: Apache-2.0 */
/* authreviewd policy explain: an item as a sentence, with the dates that decide it for a day of receipt. */
#include "policy/explain.h"

#include "cli/command.h"
#include "cli/policy_call.h"

#include <stdio.h>
#include <string.h>

static void print_bounds(const struct explanation *explanation)
{
	for (size_t i = 0; i < explanation->bound_count; i++) {
		const struct explained_bound *one = &explanation->bounds[i];
		(void)printf("  %s (%s)\n    %s\n", one->bound->text, one->bound->pointer, one->say);
	}
}

static void print(const struct explanation *explanation)
{
	char day[CIVIL_TEXT_SIZE];
	const struct policy *policy = explanation->policy;
	const struct item *item = explanation->item;
	(void)printf("%s\n  %s %s%s, %s, basis %s\n", item->id, policy->id, policy->version, policy->draft ? " (a draft)" : "",
		     item_kind_name(item->kind), item->basis);
	if (!explanation->in_force) {
		(void)printf("  This version does not decide what is received on %s.\n", civil_format(explanation->on, day));
	}
	(void)printf("\n  %s\n", explanation->sentence);
	if (explanation->check != NULL) {
		(void)printf("\n  Tested: %s.\n", explanation->check);
	}
	if (explanation->rule != NULL) {
		(void)printf("\n  %s\n", explanation->rule);
	}
	if (explanation->bound_count > 0) {
		(void)puts("");
		print_bounds(explanation);
	}
	(void)printf("\n  When it is not so: %s\n", explanation->not_met);
	for (size_t i = 0; i < explanation->cite_count; i++) {
		const struct explained_cite *cite = &explanation->cites[i];
		(void)printf("%s %s%s%s\n", i == 0 ? "\n  Source:" : "         ", cite->clause, cite->title != NULL ? ": " : "",
			     cite->title != NULL ? cite->title : "");
	}
	if (item->note != NULL) {
		(void)printf("\n  Note: %s\n", item->note);
	}
}

static void write_bound(struct json_writer *writer, const struct explained_bound *one)
{
	char day[CIVIL_TEXT_SIZE];
	json_open_object(writer);
	json_member_text(writer, "pointer", one->bound->pointer);
	json_member_text(writer, "bound", one->bound->text);
	json_member_text(writer, "last_passes", one->last_passes);
	json_member_text(writer, "first_fails", one->first_fails);
	json_member_text(writer, "due_at", one->due_at);
	json_put_name(writer, "skipped");
	json_open_array(writer);
	for (size_t i = 0; i < one->skipped_count; i++) {
		json_open_object(writer);
		json_member_text(writer, "on", civil_format(one->skipped[i].on, day));
		json_member_text(writer, "why", one->skipped[i].why);
		json_close_object(writer);
	}
	json_close_array(writer);
	json_member_text(writer, "say", one->say);
	json_close_object(writer);
}

static void write_cites(struct json_writer *writer, const struct explanation *explanation)
{
	json_put_name(writer, "cite");
	json_open_array(writer);
	for (size_t i = 0; i < explanation->cite_count; i++) {
		json_open_object(writer);
		json_member_text(writer, "clause", explanation->cites[i].clause);
		json_member_text(writer, "title", explanation->cites[i].title);
		json_close_object(writer);
	}
	json_close_array(writer);
}

static void write_explanation(struct policy_call *call, const struct explanation *explanation)
{
	char day[CIVIL_TEXT_SIZE];
	struct json_writer *writer = &call->writer;
	const struct item *item = explanation->item;
	json_open_object(writer);
	policy_call_identity(call, explanation->policy);
	json_member_boolean(writer, "in_force", explanation->in_force);
	json_member_text(writer, "on", civil_format(explanation->on, day));
	json_member_text(writer, "kind", item_kind_name(item->kind));
	json_member_text(writer, "basis", item->basis);
	json_member_list(writer, "for", json_member(item->json, "for"));
	json_member_text(writer, "sentence", explanation->sentence);
	json_member_text(writer, "when", explanation->when);
	json_member_text(writer, "check", explanation->check);
	json_member_text(writer, "rule", explanation->rule);
	json_member_text(writer, "not_met", explanation->not_met);
	json_member_text(writer, "note", item->note);
	write_cites(writer, explanation);
	json_put_name(writer, "bounds");
	json_open_array(writer);
	for (size_t i = 0; i < explanation->bound_count; i++) {
		write_bound(writer, &explanation->bounds[i]);
	}
	json_close_array(writer);
	json_close_object(writer);
}

static bool find_day(const struct policy_call *call, const struct policy *policy, struct civil_date *ret_day)
{
	if (call->on == NULL) {
		*ret_day = zone_date(policy->zone, instant_now());
		return true;
	}
	return civil_parse(call->on, ret_day);
}

/* Each version that has the item; those that decide on the day first. */
static size_t explain_all(struct policy_call *call, const struct policy_set *set, bool in_force)
{
	size_t count = 0;
	for (size_t i = 0; i < policy_set_count(set); i++) {
		const struct policy *policy = policy_set_at(set, i);
		for (size_t k = 0; k < policy->item_count; k++) {
			struct civil_date day = {0};
			struct explanation explanation;
			if (strcmp(policy->items[k]->id, call->arguments[0]) != 0) {
				continue;
			}
			(void)find_day(call, policy, &day);
			policy_explain_item(policy, policy->items[k], day, call->arena, &explanation);
			if (explanation.in_force != in_force) {
				continue;
			}
			if (call->json) {
				write_explanation(call, &explanation);
			} else {
				print(&explanation);
			}
			count++;
		}
	}
	return count;
}

/* The id that is nearest to what was asked for, of all versions: an item may be in the newest alone. */
static const char *nearest(const struct policy_call *call, const struct policy_set *set)
{
	size_t count = 0;
	for (size_t i = 0; i < policy_set_count(set); i++) {
		count += policy_set_at(set, i)->item_count;
	}
	const char **ids = arena_array(call->arena, count + 1, sizeof(*ids));
	count = 0;
	for (size_t i = 0; i < policy_set_count(set); i++) {
		const struct policy *policy = policy_set_at(set, i);
		for (size_t k = 0; k < policy->item_count; k++) {
			ids[count++] = policy->items[k]->id;
		}
	}
	return text_nearest(call->arguments[0], ids, count);
}

static int explain(struct policy_call *call, const struct policy_set *set)
{
	if (call->json) {
		json_open_object(&call->writer);
		json_member_text(&call->writer, "item", call->arguments[0]);
		json_put_name(&call->writer, "versions");
		json_open_array(&call->writer);
	}
	size_t count = explain_all(call, set, true);
	count += explain_all(call, set, false);
	if (count == 0) {
		const char *near = nearest(call, set);
		return policy_call_fail(
			call, near != NULL ? "%s: there is no such item; did you mean %s?" : "%s: there is no such item%s",
			call->arguments[0], near != NULL ? near : "");
	}
	if (call->json) {
		json_close_array(&call->writer);
		json_member_boolean(&call->writer, "good", true);
		json_close_object(&call->writer);
		policy_call_print(call);
	}
	return EXIT_OK;
}

int policy_explain(struct policy_call *call)
{
	struct civil_date day;
	if (call->on != NULL && !civil_parse(call->on, &day)) {
		(void)fprintf(stderr, "authreviewd: --on %s: a day is written YYYY-MM-DD\n", call->on);
		return EXIT_USAGE_ERROR;
	}
	struct policy_set *set = policy_call_load(call, call->arguments[1] != NULL ? call->arguments[1] : call->directory);
	if (set == NULL) {
		return EXIT_FAILED;
	}
	int result = explain(call, set);
	policy_set_destroy(set);
	return result;
}
