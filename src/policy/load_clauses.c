/* SPDX-License-Identifier: Apache-2.0 */
/* The index of what a version is made from: one document, or several by name. */
#include "policy/loader.h"

#include <string.h>

static bool check_names(struct loader *loader, const struct spot *at_list, const struct json *list)
{
	bool good = true;
	size_t index = 0;
	for (const struct json *one = json_first(list); one; one = json_next(one), index++) {
		const char *name = json_text(json_member(one, "clause"));
		for (const struct json *other = json_first(list); other != one; other = json_next(other)) {
			if (strcmp(json_text(json_member(other, "clause")), name) == 0) {
				const struct spot here = spot_element(at_list, index);
				spot_issue(loader->issues, &here, "duplicate_id", "clause %s stands there twice", name);
				good = false;
			}
		}
	}
	return good;
}

/* Of several documents every clause names its own; of a single one there is nothing to name. */
static bool check_document(struct loader *loader, const struct spot *at_clause, const struct json *clause,
			   const struct json *documents)
{
	const char *name = json_text(json_member(clause, "document"));
	const struct spot here = spot_member(at_clause, "document");
	if (name && !documents) {
		spot_issue(loader->issues, &here, "unknown_document", "the index is of one document, which has no name");
		return false;
	}
	if (documents && !name) {
		spot_issue(loader->issues, &here, "missing_member", "must name the document in which the clause stands");
		return false;
	}
	if (name && !json_member(documents, name)) {
		spot_issue(loader->issues, &here, "unknown_document", "there is no document %s", name);
		return false;
	}
	return true;
}

static bool has_clause(const struct json *list, const char *document)
{
	for (const struct json *one = json_first(list); one; one = json_next(one)) {
		const char *name = json_text(json_member(one, "document"));
		if (name && strcmp(name, document) == 0) {
			return true;
		}
	}
	return false;
}

static bool check_documents(struct loader *loader, const struct spot *spot, const struct json *clauses)
{
	const struct json *documents = json_member(clauses, "documents");
	const struct spot at_documents = spot_member(spot, "documents");
	bool good = true;
	if (!documents == !json_member(clauses, "document")) {
		spot_issue(loader->issues, spot, "missing_member", "an index is of either a document or documents");
		good = false;
	}
	for (const struct json *one = json_first(documents); one; one = json_next(one)) {
		if (!has_clause(json_member(clauses, "clauses"), json_name(one))) {
			const struct spot here = spot_member(&at_documents, json_name(one));
			spot_issue(loader->issues, &here, "too_few", "no clause stands in this document");
			good = false;
		}
	}
	return good;
}

bool load_clauses(struct loader *loader, const struct spot *spot, const struct json *clauses)
{
	const struct json *list = json_member(clauses, "clauses");
	const struct json *documents = json_member(clauses, "documents");
	const struct spot at_list = spot_member(spot, "clauses");
	bool good = check_names(loader, &at_list, list);
	good = check_documents(loader, spot, clauses) && good;
	size_t index = 0;
	for (const struct json *one = json_first(list); one; one = json_next(one), index++) {
		const struct spot here = spot_element(&at_list, index);
		good = check_document(loader, &here, one, documents) && good;
	}
	return good;
}
