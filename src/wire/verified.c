/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/verified.h"

#include <string.h>

static bool any_by_table(const struct evaluation *evaluation)
{
	for (size_t i = 0; i < evaluation->told_count; i++) {
		if (evaluation->told[i].verified) {
			return true;
		}
	}
	return false;
}

static void write_facts(struct json_writer *writer, const struct json *staff, const struct evaluation *evaluation)
{
	json_put_name(writer, "facts");
	json_open_array(writer);
	for (const struct json *one = json_first(json_member(staff, "facts")); one != NULL; one = json_next(one)) {
		json_put_text(writer, json_text(one));
	}
	for (size_t i = 0; i < evaluation->told_count; i++) {
		if (evaluation->told[i].verified) {
			json_put_text(writer, evaluation->told[i].fact);
		}
	}
	json_close_array(writer);
}

static void write_tables(struct json_writer *writer, const struct evaluation *evaluation)
{
	json_put_name(writer, "tables");
	json_open_array(writer);
	for (size_t i = 0; i < evaluation->told_count; i++) {
		const struct told_fact *told = &evaluation->told[i];
		if (told->verified) {
			json_open_object(writer);
			json_member_text(writer, "fact", told->fact);
			json_member_text(writer, "table", told->table);
			json_member_text(writer, "digest", told->digest);
			json_close_object(writer);
		}
	}
	json_close_array(writer);
}

void verified_write(struct json_writer *writer, const struct request_answer *answer)
{
	static const char name[] = "verified";
	static const char *const members[] = {"source", "at", "by"};
	const struct json *staff = json_member(answer->plan, name);
	if (answer->stood != NULL) {
		json_member_tree(writer, name, json_member(answer->stood, name));
		return;
	}
	json_put_name(writer, name);
	if (staff == NULL && !any_by_table(answer->evaluation)) {
		json_put_null(writer);
		return;
	}
	json_open_object(writer);
	write_facts(writer, staff, answer->evaluation);
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		json_member_tree(writer, members[i], json_member(staff, members[i]));
	}
	json_member_list(writer, "sources", json_member(staff, "sources"));
	write_tables(writer, answer->evaluation);
	json_close_object(writer);
}

static bool told(const struct evaluation *evaluation, const char *fact)
{
	for (size_t i = 0; fact != NULL && i < evaluation->told_count; i++) {
		if (strcmp(evaluation->told[i].fact, fact) == 0) {
			return true;
		}
	}
	return false;
}

void verified_write_open(struct json_writer *writer, const struct evaluation *evaluation)
{
	static const struct {
		const char *word;
		const char *fact; /* that a table may answer, or NULL */
	} rows[] = {
		{"eligibility_with_the_plan", "eligibility"},
		{"participation_with_the_plan", "participation"},
		{"clinical_judgment", NULL},
		{"duplicates", NULL},
	};
	json_put_name(writer, "not_checked");
	json_open_array(writer);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!told(evaluation, rows[i].fact)) {
			json_put_text(writer, rows[i].word);
		}
	}
	json_close_array(writer);
}
