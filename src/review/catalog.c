/* SPDX-License-Identifier: Apache-2.0 */
#include "review/catalog.h"

#include "base/json_write.h"
#include "base/text.h"
#include "policy/coverage.h"
#include "policy/table.h"
#include "wire/coverage_json.h"
#include "wire/policy_json.h"
#include "wire/requirement.h"
#include "wire/time_json.h"

#include <string.h>

static void need(struct outcome *outcome, const char *pointer, const char *value, const char *fix)
{
	if (value == NULL) {
		issues_add(&outcome->issues, pointer, "missing_parameter", fix, "a query parameter is missing");
	}
}

/* The instant whose local day is AS_OF, wherever the payer is: noon UTC is the same day in every American zone. */
static bool as_of_instant(const char *as_of, struct instant now, struct instant *ret_instant, struct outcome *outcome)
{
	struct civil_date day;
	*ret_instant = now;
	if (as_of == NULL) {
		return true;
	}
	if (!civil_parse(as_of, &day)) {
		issues_add(&outcome->issues, "/as_of", "not_a_date", "Use YYYY-MM-DD.", "as_of is not a day of the calendar");
		return false;
	}
	ret_instant->us = (int64_t)day.day * INT64_C(86400000000) + INT64_C(72000000000);
	return true;
}

/* Words in one line, which an answer holds in full or not at all. */
static bool refuse_naming(struct outcome *outcome, const char *what, const char *const *words, size_t count)
{
	struct text known;
	text_init(&known, outcome->issues.arena, 128);
	for (size_t i = 0; i < count; i++) {
		text_printf(&known, "%s%s", i > 0 ? ", " : " ", words[i]);
	}
	const bool fits = count > 0 && strlen(what) + known.length < sizeof(outcome->err.detail);
	return outcome_refuse(outcome, ERR_NOT_FOUND,
			      arena_printf(outcome->issues.arena, "%s%s", what, fits ? known.data : " those of /v1/policies"));
}

/* What there is, where the query names what is not. */
static void refuse_query(const struct policy_set *set, const struct requirement_query *query, enum policy_match match,
			 struct instant instant, struct outcome *outcome)
{
	size_t count = 0;
	const struct program *program = NULL;
	const char *reviews[REVIEW_COUNT];
	if (match == POLICY_UNKNOWN_PAYER) {
		const char *const *payers = policy_set_payers(set, &count);
		(void)refuse_naming(outcome, "no policy knows this payer; known are", payers, count);
	} else if (match == POLICY_UNKNOWN_SERVICE) {
		const char *const *services = policy_set_services(set, query->payer, &count);
		(void)refuse_naming(outcome, "no policy of the payer knows this service; known are", services, count);
	} else if (match == POLICY_UNKNOWN_REVIEW) {
		for (size_t i = 0; i < REVIEW_COUNT; i++) {
			match = policy_set_match(set, query->payer, query->service, review_names[i], instant, &program);
			if (match == POLICY_ANSWERS || match == POLICY_MANUAL) {
				reviews[count++] = review_names[i];
			}
		}
		(void)refuse_naming(outcome, "the policy does not answer this review of the service; it answers", reviews,
				    count);
	} else {
		(void)outcome_refuse(outcome, ERR_NOT_FOUND, "no version of the policy is in force on that day");
	}
}

void catalog_requirements(struct service *service, const struct requirement_query *query, bool html, struct instant now,
			  struct arena *arena, struct outcome *outcome)
{
	struct instant instant;
	const struct program *program = NULL;
	const char *review = query->review != NULL ? query->review : "initial";
	need(outcome, "/payer", query->payer, "Add payer=..., see /v1/policies.");
	need(outcome, "/service", query->service, "Add service=..., see /v1/policies.");
	if (!as_of_instant(query->as_of, now, &instant, outcome) || issues_any(&outcome->issues)) {
		(void)outcome_unusable(outcome);
		return;
	}
	const struct policy_set *set = service_policies(service);
	enum policy_match match = policy_set_match(set, query->payer, query->service, review, instant, &program);
	if (match != POLICY_ANSWERS && match != POLICY_MANUAL) {
		refuse_query(set, query, match, instant, outcome);
		return;
	}
	struct text out;
	struct civil_date day = zone_date(program->policy->zone, instant);
	text_init(&out, arena, 32768);
	if (html) {
		requirements_write_html(&out, program, day);
	} else {
		struct json_writer writer;
		json_writer_init(&writer, &out);
		requirements_write(&writer, program, day);
	}
	outcome_answer(outcome, &out);
}

static void write_programs(struct json_writer *writer, const struct policy *policy)
{
	json_put_name(writer, "answers");
	json_open_array(writer);
	for (size_t i = 0; i < policy->program_count; i++) {
		const struct program *program = &policy->programs[i];
		json_open_object(writer);
		json_member_text(writer, "service", program->service);
		json_member_text(writer, "review", program->review);
		json_member_text(writer, "manual_route", program->route);
		json_member_integer(writer, "items", (int64_t)program->item_count);
		json_close_object(writer);
	}
	json_close_array(writer);
}

/* What the version is made from: one document without a name, or several. */
static void write_documents(struct json_writer *writer, const struct policy *policy)
{
	const struct json *named = json_member(policy->clauses, "documents");
	json_put_name(writer, "documents");
	json_open_array(writer);
	for (const struct json *one = json_first(named); one != NULL; one = json_next(one)) {
		json_open_object(writer);
		json_member_text(writer, "document", json_name(one));
		json_member_text(writer, "title", json_text(one));
		json_close_object(writer);
	}
	if (named == NULL) {
		json_open_object(writer);
		json_member_text(writer, "document", NULL);
		json_member_text(writer, "title", json_text(json_member(policy->clauses, "document")));
		json_close_object(writer);
	}
	json_close_array(writer);
}

static void write_policy_head(struct json_writer *writer, const struct policy *policy)
{
	char day[CIVIL_TEXT_SIZE];
	struct civil_date open_end;
	bool endless = civil_from_parts(9999, 12, 31, &open_end) && civil_compare(policy->in_force_to, open_end) == 0;
	json_member_text(writer, "id", policy->id);
	json_member_text(writer, "version", policy->version);
	json_member_text(writer, "title", policy->title);
	json_member_text(writer, "payer", policy->payer);
	json_member_boolean(writer, "draft", policy->draft);
	json_member_text(writer, "in_force_from", civil_format(policy->in_force_from, day));
	json_member_text(writer, "in_force_to", endless ? NULL : civil_format(policy->in_force_to, day));
	json_member_text(writer, "zone", zone_name(policy->zone));
	json_member_text(writer, "digest", policy->digest_hex);
	policy_files_write(writer, policy);
	write_documents(writer, policy);
	write_programs(writer, policy);
	json_member_text(writer, "href",
			 arena_printf(writer->out->arena, "/v1/policies/%s/versions/%s", policy->id, policy->version));
}

static void write_calendars(struct json_writer *writer, const struct policy_set *set)
{
	size_t count = 0;
	const struct calendar *calendars = policy_set_calendars(set, &count);
	json_put_name(writer, "calendars");
	json_open_array(writer);
	for (size_t i = 0; i < count; i++) {
		json_open_object(writer);
		json_member_text(writer, "calendar", calendars[i].id);
		json_member_text(writer, "title", calendars[i].title);
		json_member_day(writer, "from", calendars[i].from);
		json_member_day(writer, "to", calendars[i].to);
		json_member_text(writer, "digest", calendars[i].digest_hex);
		json_close_object(writer);
	}
	json_close_array(writer);
}

static void write_overlays(struct json_writer *writer, const struct policy_set *set)
{
	size_t count = 0;
	const struct policy_overlay *overlays = policy_set_overlays(set, &count);
	json_put_name(writer, "overlays");
	json_open_array(writer);
	for (size_t i = 0; i < count; i++) {
		json_open_object(writer);
		json_member_text(writer, "overlay", overlays[i].id);
		json_member_text(writer, "title", overlays[i].title);
		json_member_text(writer, "digest", overlays[i].digest_hex);
		json_close_object(writer);
	}
	json_close_array(writer);
}

/* Which tables of the plan are in force: their contents are the plan's, not for everyone who may read a policy. */
static void write_tables(struct json_writer *writer, const struct policy_tables *tables)
{
	json_put_name(writer, "tables");
	json_open_array(writer);
	for (size_t i = 0; i < tables->count; i++) {
		const struct table *table = &tables->tables[i];
		json_open_object(writer);
		json_member_text(writer, "table", table->name);
		json_member_text(writer, "title", table->title);
		json_member_integer(writer, "rows", (int64_t)table->row_count);
		json_member_text(writer, "digest", table->digest_hex);
		json_close_object(writer);
	}
	json_close_array(writer);
}

void catalog_policies(struct service *service, struct arena *arena, struct outcome *outcome)
{
	const struct policy_set *set = service_policies(service);
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, 4096);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_put_name(&writer, "policies");
	json_open_array(&writer);
	for (size_t i = 0; i < policy_set_count(set); i++) {
		json_open_object(&writer);
		write_policy_head(&writer, policy_set_at(set, i));
		json_close_object(&writer);
	}
	json_close_array(&writer);
	write_calendars(&writer, set);
	write_overlays(&writer, set);
	write_tables(&writer, policy_set_tables(set));
	json_close_object(&writer);
	outcome_answer(outcome, &out);
}

static void write_items(struct json_writer *writer, const struct policy *policy)
{
	json_put_name(writer, "items");
	json_open_array(writer);
	for (size_t i = 0; i < policy->item_count; i++) {
		json_put_tree(writer, policy->items[i]->json);
	}
	json_close_array(writer);
}

static void write_coverage(struct json_writer *writer, const struct policy *policy, struct arena *arena)
{
	struct coverage coverage;
	policy_coverage(policy, arena, &coverage);
	coverage_counts_write(writer, "coverage", coverage.counts);
	coverage_clauses_write(writer, &coverage);
}

void catalog_policy_version(struct service *service, const char *id, const char *version, struct arena *arena,
			    struct outcome *outcome)
{
	const struct policy *policy = policy_set_find(service_policies(service), id, version);
	if (policy == NULL) {
		(void)outcome_refuse(outcome, ERR_NOT_FOUND, "no such policy version");
		return;
	}
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, 65536);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	write_policy_head(&writer, policy);
	write_coverage(&writer, policy, arena);
	write_items(&writer, policy);
	json_close_object(&writer);
	outcome_answer(outcome, &out);
}

void catalog_samples(struct service *service, struct arena *arena, struct outcome *outcome)
{
	(void)arena;
	const struct embedded_file *index = embedded_find(service->samples, "index.json");
	outcome->body = index->bytes;
	outcome->length = index->length;
}

void catalog_sample(struct service *service, const char *name, struct arena *arena, struct outcome *outcome)
{
	const struct embedded_file *file = embedded_find(service->samples, arena_printf(arena, "%s.json", name));
	if (file == NULL || strcmp(name, "index") == 0) {
		(void)outcome_refuse(outcome, ERR_NOT_FOUND, "no such sample; /v1/samples lists them");
		return;
	}
	outcome->body = file->bytes;
	outcome->length = file->length;
}
