/* SPDX-License-Identifier: Apache-2.0 */
#include "review/appeal_view.h"

#include "base/text.h"
#include "review/read.h"

#include <string.h>

enum { ID_MAX = 40 };

static const char not_by[] =
	"Nobody decides an appeal who submitted, supplied, found, certified or decided anything about the request.";

static bool is(const struct json *node, const char *member, const char *text)
{
	const char *own = json_text(json_member(node, member));
	return own != NULL && text != NULL && strcmp(own, text) == 0;
}

/* The appeal called ID of an answer, its newest when ID is NULL. */
static const struct json *find_appeal(const struct json *answer, const char *id)
{
	const struct json *found = NULL;
	for (const struct json *node = json_first(json_member(answer, "appeals")); node != NULL; node = json_next(node)) {
		found = id == NULL || is(node, "id", id) ? node : found;
	}
	return found;
}

/* The decision whose MEMBER is TEXT, in effect or superseded, or NULL. */
static const struct json *find_decision(const struct json *answer, const char *member, const char *text)
{
	if (is(json_member(answer, "decision"), member, text)) {
		return json_member(answer, "decision");
	}
	for (const struct json *node = json_first(json_member(answer, "superseded")); node != NULL; node = json_next(node)) {
		if (is(node, member, text)) {
			return node;
		}
	}
	return NULL;
}

static const struct item *rule_of(const struct policy_set *policies, const struct json *answer, const char *id)
{
	const struct policy *policy = policy_set_find(policies, json_text(json_at(answer, "/policy/id")),
						      json_text(json_at(answer, "/policy/version")));
	return policy != NULL ? policy_item_find(policy, id) : NULL;
}

static void write_deciders(struct json_writer *writer, const struct item *rule)
{
	json_put_name(writer, "decided_by");
	json_open_object(writer);
	json_put_name(writer, "credentials");
	json_open_array(writer);
	for (size_t i = 0; rule != NULL && i < rule->by.count; i++) {
		json_put_text(writer, rule->by.list[i]);
	}
	json_close_array(writer);
	json_member_text(writer, "not_by", not_by);
	json_close_object(writer);
}

static void write_links(struct json_writer *writer, const struct json *answer, const struct json *appeal)
{
	struct arena *arena = writer->out->arena;
	const char *id = json_text(json_member(appeal, "id"));
	const char *determination = arena_printf(arena, "/v1/appeals/%s/determination", id);
	json_put_name(writer, "links");
	json_open_object(writer);
	json_member_text(writer, "self", arena_printf(arena, "/v1/appeals/%s", id));
	json_member_text(writer, "request", arena_printf(arena, "/v1/requests/%s", json_text(json_member(answer, "id"))));
	json_member_text(writer, "determination", is(appeal, "status", "open") ? determination : NULL);
	json_close_object(writer);
}

static void write_appeal(struct json_writer *writer, const struct json *answer, const struct json *appeal,
			 const struct policy_set *policies)
{
	json_open_object(writer);
	for (const struct json *node = json_first(appeal); node != NULL; node = json_next(node)) {
		json_member_tree(writer, json_name(node), node);
	}
	json_member_tree(writer, "request", json_member(answer, "id"));
	json_member_tree(writer, "tracking_number", json_member(answer, "tracking_number"));
	json_member_tree(writer, "version", json_member(answer, "version"));
	json_member_list(writer, "sensitivity", json_member(answer, "sensitivity"));
	json_member_tree(writer, "sensitivity_notice", json_member(answer, "sensitivity_notice"));
	json_member_tree(writer, "appealed", find_decision(answer, "id", json_text(json_member(appeal, "decision"))));
	json_member_tree(writer, "followed_by", find_decision(answer, "appeal", json_text(json_member(appeal, "id"))));
	write_deciders(writer, rule_of(policies, answer, json_text(json_member(appeal, "rule"))));
	write_links(writer, answer, appeal);
	json_close_object(writer);
}

const struct appeal_view *appeal_owned(struct store_reader *reader, const struct principal *principal, const char *id,
				       struct arena *arena, struct outcome *outcome)
{
	struct err err = {0};
	const struct appeal_view *view = NULL;
	if (strlen(id) <= ID_MAX && !appeal_read(reader, id, arena, &view, &err)) {
		(void)outcome_fail(outcome, &err);
		return NULL;
	}
	if (view != NULL) {
		const struct ownership owner = {view->organization, view->payer, view->sensitivity};
		if (access_owns(principal, &owner)) {
			return view;
		}
	}
	(void)outcome_refuse(outcome, ERR_NOT_FOUND, "no such appeal");
	return NULL;
}

void appeal_show(const struct service *service, struct store_reader *reader, const struct principal *principal, const char *id,
		 struct arena *arena, struct outcome *outcome)
{
	const struct appeal_view *appeal = appeal_owned(reader, principal, id, arena, outcome);
	const struct request_view *view =
		appeal != NULL ? read_owned(reader, principal, appeal->row.request_id, arena, outcome) : NULL;
	if (view != NULL) {
		outcome->body = view->snapshot;
		outcome->length = view->snapshot_length;
		outcome->version = view->row.version;
		appeal_answer(service_policies(service), id, arena, outcome);
	}
}

void appeal_answer(const struct policy_set *policies, const char *id, struct arena *arena, struct outcome *outcome)
{
	struct text out;
	struct json_writer writer;
	struct err err = {0};
	if (outcome->failed) {
		return;
	}
	const struct json *answer =
		outcome->body != NULL ? json_parse(arena, outcome->body, outcome->length, &json_limits_file, &err) : NULL;
	const struct json *appeal = find_appeal(answer, id);
	if (appeal == NULL) {
		(void)outcome_refuse(outcome, ERR_STORE, "the record of the request does not name the appeal");
		return;
	}
	text_init(&out, arena, 4096);
	json_writer_init(&writer, &out);
	write_appeal(&writer, answer, appeal, policies);
	outcome_answer(outcome, &out);
	outcome->created = id == NULL;
	outcome->location =
		outcome->created ? arena_printf(arena, "/v1/appeals/%s", json_text(json_member(appeal, "id"))) : NULL;
}
