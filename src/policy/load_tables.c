/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan's tables: tables/NAME.json of the policies declares each with its columns, and may hold its rows; tables/NAME.csv may hold
 * them instead; and NAME.csv or NAME.json of the plan's own directory stands in place of both.
 */
#include "base/text.h"
#include "policy/form.h"
#include "policy/loader.h"
#include "policy/table_csv.h"

#include <string.h>

enum { CSV_BYTES_MAX = 64 << 20, TABLES_MAX = 256 };

static const char json_ending[] = ".json";
static const char csv_ending[] = ".csv";

/* A file on its way to becoming a table's rows. */
struct source {
	const char *name; /* in issues */
	const char *path;
	const char *id; /* the name without its ending */
	bool csv;
};

static struct source source_of(struct loader *loader, const char *directory, const char *shown, const char *file)
{
	struct arena *arena = loader->arena;
	const bool csv = files_ends(file, csv_ending);
	const size_t ending = csv ? sizeof(csv_ending) : sizeof(json_ending);
	return (struct source){
		.name = arena_printf(arena, "%s/%s", shown, file),
		.path = arena_printf(arena, "%s/%s", directory, file),
		.id = arena_text(arena, file, strlen(file) + 1 - ending),
		.csv = csv,
	};
}

static void set_digest(struct table *table, const char *bytes, size_t length)
{
	const struct digest digest = digest_of(bytes, length);
	digest_hex(&digest, table->digest_hex);
}

static const struct json *read_json(struct loader *loader, struct arena *arena, const struct source *source, const char *bytes,
				    size_t length)
{
	const struct spot spot = spot_file(source->name);
	struct err err = {0};
	const struct json *json = json_parse(arena, bytes, length, &json_limits_file, &err);
	if (!json) {
		spot_issue(loader->issues, &spot, "unreadable", "%s", err.detail);
		return NULL;
	}
	if (!form_check(loader->set->schemas.table, json, &spot, loader->issues)) {
		return NULL;
	}
	if (strcmp(json_text(json_member(json, "table")), source->id) != 0) {
		const struct spot here = spot_member(&spot, "table");
		spot_issue(loader->issues, &here, "wrong_name", "must be \"%s\", the name of the file", source->id);
		return NULL;
	}
	return json;
}

/* ---- the declared tables ---- */

static bool declare(struct loader *loader, const struct source *source, struct table *ret_table)
{
	const struct spot spot = spot_file(source->name);
	size_t length = 0;
	const char *bytes =
		files_bytes(loader->arena, source->path, source->name, json_limits_file.bytes, loader->issues, &length);
	const struct json *json = bytes ? read_json(loader, loader->arena, source, bytes, length) : NULL;
	if (!json) {
		return false;
	}
	if (!json_member(json, "columns") || !json_member(json, "title")) {
		spot_issue(loader->issues, &spot, "missing_member", "declares a table, so it says its title and its columns");
		return false;
	}
	table_load(loader->arena, json, &spot, loader->issues, ret_table);
	set_digest(ret_table, bytes, length);
	return true;
}

/* ---- rows from elsewhere ---- */

static struct table *find_table(struct loader *loader, struct table *tables, size_t count, const struct source *source)
{
	const struct spot spot = spot_file(source->name);
	const struct table_list list = {tables, count};
	const char *names[TABLES_MAX];
	const int place = table_find(&list, source->id);
	if (place >= 0) {
		return &tables[place];
	}
	for (size_t i = 0; i < count; i++) {
		names[i] = tables[i].name;
	}
	const char *near = text_nearest(source->id, names, count);
	spot_issue(loader->issues, &spot, "unknown_table",
		   near ? "no policy has a table of this name; did you mean %s?" : "no policy has a table of this name%s",
		   near ? near : "");
	return NULL;
}

/* Columns may be said again where the rows are; they are those that were declared. */
static bool same_columns(struct loader *loader, const struct json *json, const struct spot *spot, const struct table *table)
{
	const struct spot at_columns = spot_member(spot, "columns");
	bool good = true;
	for (const struct json *one = json_first(json_member(json, "columns")); one; one = json_next(one)) {
		if (table_column_find(table, json_name(one)) < 0) {
			const struct spot here = spot_member(&at_columns, json_name(one));
			spot_issue(loader->issues, &here, "unknown_column", "the table has no column %s", json_name(one));
			good = false;
		}
	}
	return good;
}

static void take_json(struct loader *loader, struct arena *scratch, const struct source *source, const char *bytes,
		      size_t length, struct table *table)
{
	const struct spot spot = spot_file(source->name);
	const struct spot at_rows = spot_member(&spot, "rows");
	const struct json *json = read_json(loader, scratch, source, bytes, length);
	if (json && same_columns(loader, json, &spot, table)) {
		table_rows(loader->arena, table, json_member(json, "rows"), &at_rows, loader->issues, table);
	}
}

/* The rows of the file stand in place of those that TABLE has. */
static void take_rows(struct loader *loader, const struct source *source, struct table *table)
{
	struct arena *scratch = arena_create(); /* what a file needs while it is read is not kept with the set */
	const size_t most = source->csv ? (size_t)CSV_BYTES_MAX : json_limits_file.bytes;
	size_t length = 0;
	const char *bytes = files_bytes(scratch, source->path, source->name, most, loader->issues, &length);
	if (bytes && source->csv) {
		table_csv(loader->arena, table, bytes, length, source->name, loader->issues, table);
	} else if (bytes) {
		take_json(loader, scratch, source, bytes, length, table);
	}
	if (bytes) {
		set_digest(table, bytes, length);
	}
	arena_destroy(scratch);
}

static void take_shipped(struct loader *loader, const struct source *source, struct table *tables, size_t count)
{
	const struct spot spot = spot_file(source->name);
	struct table *table = find_table(loader, tables, count, source);
	if (table && table->row_count > 0) {
		spot_issue(loader->issues, &spot, "two_files", "the table has rows in %s%s already", source->id, json_ending);
	} else if (table) {
		take_rows(loader, source, table);
	}
}

/* The plan's directory holds tables and nothing else: a file that would be passed over is a table that would be missed. */
static void take_own(struct loader *loader, struct table *tables, size_t count)
{
	struct file_names names = {NULL, 0};
	bool taken[TABLES_MAX] = {false};
	if (!files_list(loader->arena, loader->tables, FILES_ALL, &names)) {
		const struct spot spot = spot_file(loader->tables);
		spot_issue(loader->issues, &spot, "no_directory", "the directory of tables cannot be read");
	}
	for (size_t i = 0; i < names.count; i++) {
		const struct source source = source_of(loader, loader->tables, loader->tables, names.names[i]);
		const struct spot spot = spot_file(source.name);
		if (!files_ends(names.names[i], csv_ending) && !files_ends(names.names[i], json_ending)) {
			spot_issue(loader->issues, &spot, "unknown_file", "is neither NAME.csv nor NAME.json of a table");
			continue;
		}
		struct table *table = find_table(loader, tables, count, &source);
		if (!table) {
			continue;
		}
		if (taken[table - tables]) {
			spot_issue(loader->issues, &spot, "two_files", "the table has its rows in another file already");
			continue;
		}
		taken[table - tables] = true;
		take_rows(loader, &source, table);
	}
}

void load_tables(struct loader *loader)
{
	const char *directory = arena_printf(loader->arena, "%s/tables", loader->directory);
	struct table *tables = arena_array(loader->arena, TABLES_MAX, sizeof(*tables));
	struct file_names names = {NULL, 0};
	size_t count = 0;
	files_list(loader->arena, directory, FILES_ALL, &names); /* one that is not there is empty */
	for (size_t i = 0; i < names.count && count < TABLES_MAX; i++) {
		const struct source source = source_of(loader, directory, "tables", names.names[i]);
		if (files_ends(names.names[i], json_ending)) {
			count += declare(loader, &source, &tables[count]);
		}
	}
	for (size_t i = 0; i < names.count; i++) {
		const struct source source = source_of(loader, directory, "tables", names.names[i]);
		if (source.csv) {
			take_shipped(loader, &source, tables, count);
		}
	}
	if (loader->tables) {
		take_own(loader, tables, count);
	}
	loader->set->table_list = (struct table_list){tables, count};
	loader->set->tables = (struct policy_tables){tables, count};
}
