/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What changed from one version of a policy to another, in words. Both are read as they are written, member by member, so that a version
 * that cannot be loaded yet can be compared, and a member that nothing here knows is told all the same.
 */
#ifndef AR_POLICY_DIFF_H
#define AR_POLICY_DIFF_H

#include "base/issue.h"
#include "base/json.h"
#include "policy/say.h"

/* One version as it lies on disk. */
struct diff_version {
	const char *directory;
	const struct json *manifest;
	const struct json *clauses; /* or NULL */
	const struct json *calendar; /* or NULL: there is none beside the policies */
	const struct json **overlays; /* those that the manifest names and that are there */
	size_t overlay_count;
	struct diff_item *items; /* of the files that the manifest lists, in order */
	size_t item_count;
};

struct diff_item {
	const char *id;
	const char *file;
	const struct json *json;
};

struct change {
	const char *
		about; /* "policy", "item", "list", "fact", "document", "section", "word", "clause", "calendar", "overlay", ... */
	const char *id; /* of what changed; "" of the policy itself */
	const char *what; /* "added", "removed", "changed", "reworded", "moved" */
	const char *member; /* pointer to the member that changed, or "" */
	const char *from; /* what it said, or NULL */
	const char *to;
	const char *say; /* "trillium.prts.initial.assessment-qmhp: window 14 days -> 21 days" */
};

struct changes {
	struct arena *arena;
	struct sayer says[2]; /* the words of both, set by diff_versions */
	struct change *list;
	size_t count;
	size_t capacity;
};

/* Reads the version in DIRECTORY; false after issues. */
bool diff_read(struct arena *arena, const char *directory, struct issues *issues, struct diff_version *ret_version);

/* Every change from A to B, in the order of the files. REQUEST_SCHEMA names places of requests. */
void diff_versions(const struct diff_version *a, const struct diff_version *b, const struct json *request_schema,
		   struct changes *changes);

/* ---- for the files of comparisons ---- */

/* What is compared: "item" ID. */
struct diff_subject {
	struct changes *changes;
	const char *about;
	const char *id;
	const char *label; /* begins every sentence; "" for the policy itself */
};

void diff_add(const struct diff_subject *subject, const char *what, const char *member, const char *from, const char *to,
	      const char *say);

/* "WORDS FROM -> TO", or that it was added (FROM is NULL) or removed. */
void diff_tell(const struct diff_subject *subject, const char *pointer, const char *words, const char *from, const char *to);

/* Compares two values that stand at POINTER in what is compared. Either may be NULL. */
void diff_nodes(const struct diff_subject *subject, const char *pointer, const struct json *a, const struct json *b);

bool diff_same(const struct json *a, const struct json *b);

/* Two checks at one place, either may be NULL; two lists of coded words. WORDS: what stands there. */
void diff_checks(const struct diff_subject *subject, const char *pointer, const char *words, const struct json *a,
		 const struct json *b);
void diff_words(const struct diff_subject *subject, const char *pointer, const char *words, const struct json *a,
		const struct json *b);

/* The words of LIST, which stands at MEMBER, that OTHER has not; all where OTHER is NULL; NULL when there is none. */
const char *diff_words_of(const struct sayer *sayer, const char *member, const struct json *list, const struct json *other);

/* What differs of a member that has words of its own; false for another. */
bool diff_member(const struct diff_subject *subject, const char *pointer, const struct json *a, const struct json *b);

/* Lists of objects by the member KEY that names each. */
void diff_keyed(struct changes *changes, const char *about, const char *label, const char *key, const struct json *a,
		const struct json *b);

/* The calendars beside both. */
void diff_calendars(const struct diff_version *a, const struct diff_version *b, struct changes *changes);

/* The words of a version as it lies on disk. */
struct sayer diff_sayer(struct arena *arena, const struct diff_version *version, const struct json *request_schema);

/* The item, of the version or of an overlay, that is compared; NULL of another subject and where the side (0 or 1) has none. */
const struct item *diff_item_of(const struct diff_subject *subject, size_t side);

/*
 * TEXT of an item as it is written, its placeholders filled in with the numbers of the item; those that have none stay as they stand. Of ITEM
 * the kind and the JSON are enough.
 */
const char *diff_sentence(struct arena *arena, const struct item *item, const char *text);

/* An item that came or went: whom it is for, its kind, its sentence and what follows when it is not so. */
const char *diff_whole_item(const struct sayer *sayer, const struct item *item);

/* The items of two versions. */
void diff_items(const struct diff_version *a, const struct diff_version *b, struct changes *changes);

#endif
