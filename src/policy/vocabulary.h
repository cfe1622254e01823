/* SPDX-License-Identifier: Apache-2.0 */
/* What one version declares (document types, sections, facts, word lists) and where the mechanisms find their values in a request. */
#ifndef AR_POLICY_VOCABULARY_H
#define AR_POLICY_VOCABULARY_H

#include "base/shape.h"
#include "policy/spot.h"

#include <stdbool.h>
#include <stdint.h>

/* A declared word. */
struct term {
	const char *name; /* "bh_assessment" */
	const char *title; /* "Behavioral health assessment" */
	const char *phrase; /* as it stands inside a sentence: "behavioral health assessment" */
	const char *an; /* with its article: "a behavioral health assessment" */
	const struct json *sections; /* document types: names of the sections that are asked for in it, or NULL */
};

struct occurrence_kinds; /* policy/occurrence.h */

struct word_list {
	const char *name;
	const struct json *words;
};

/* Slots of the root record that mechanisms read, and slots in the elements of the arrays they walk. */
struct places {
	uint16_t birth_date, period_start, period_end, prior_to, coverage, other_insurance, lines, documents;
	uint16_t admission_status, planned_on, admitted_on, admitted_at, discharged_at;
	uint16_t status_admitted, status_discharged, status_none, status_planned; /* words of admission_status */
	uint16_t line_code, line_units, line_unit, line_start, line_end;
	uint16_t unit_day, unit_quarter, unit_hour; /* words of line_unit */
	uint16_t coverage_plan, coverage_from, coverage_to, coverage_retroactive;
	uint16_t insurance_from, insurance_to, insurance_covers, denial_document, denial_from, denial_to;
	uint16_t covers_yes, covers_no; /* words of insurance_covers */
	uint16_t document_id, document_type, document_kind, completed_on, updated_on, credential, face_to_face;
	uint16_t part_of, covers_from, covers_to, sections, participants, signatures;
	uint16_t section_name, section_page, section_text, section_value, section_as_of, section_goal_refs;
	uint16_t participant_role, took_part, took_part_reason;
	uint16_t took_part_yes; /* word of took_part */
	uint16_t signature_role, signature_qualified, signed_on;
};

struct vocabulary {
	const struct term *types;
	size_t type_count;
	const struct term *sections;
	size_t section_count;
	const struct word_list *lists;
	size_t list_count;
	bool *lists_used; /* while the version is compiled */
	const struct json *words; /* how coded words are said to people, or NULL */
	const struct json *facts;
	const char *const *payers; /* every payer of the set */
	size_t payer_count;
	const struct json *request_schema; /* its titles name places to people */
	const struct shape *request;
	const struct shape *information;
	struct places places;
	const struct occurrence_kinds *occurrences; /* NULL: it declares none */
};

/* The schemas and words that every version shares. */
struct vocabulary_context {
	const struct json *request_schema;
	const struct json *information_schema;
	shape_file_fn file;
	void *file_context;
	const char *const *payers; /* every payer of the set, for the closed list of /payer */
	size_t payer_count;
};

/* Reads the declarations of MANIFEST (whose form is right); NULL after adding issues. */
const struct vocabulary *vocabulary_load(struct arena *arena, const struct json *manifest, const struct spot *spot,
					 const struct vocabulary_context *context, struct issues *issues);

/* Reads what MANIFEST says of occurrences, after the shapes are compiled; false after issues. */
bool occurrences_load(struct arena *arena, const struct json *manifest, const struct spot *spot, struct issues *issues,
		      struct vocabulary *vocabulary);

/* The place of a document type or section; false when it is not declared. */
bool vocabulary_type(const struct vocabulary *vocabulary, const char *name, size_t *ret_place);
bool vocabulary_section(const struct vocabulary *vocabulary, const char *name, size_t *ret_place);

/* A title as it stands inside a sentence: "Safety plan" gives "safety plan", "QMHP assessment" stays. */
const char *vocabulary_phrase(struct arena *arena, const char *title);

/* Resolves what mechanisms read; a missing one is an issue of the schema. */
bool places_resolve(const struct shape *shape, const struct spot *spot, struct issues *issues, struct places *ret_places);

#endif
