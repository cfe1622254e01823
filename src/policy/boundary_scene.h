/* SPDX-License-Identifier: Apache-2.0 */
/* What a boundary case starts from: what some case submits. It reads and edits the body as it is written, never its slots. */
#ifndef AR_POLICY_BOUNDARY_SCENE_H
#define AR_POLICY_BOUNDARY_SCENE_H

#include "policy/evaluate.h"
#include "policy/hand_count.h"

struct scene {
	struct arena *arena;
	const struct submission *submission; /* when and with what; its body is not looked at */
	const struct policy *policy;
	const struct json *body;
	struct hand_day received; /* local */
};

/* A day, and a moment of it where one is written. */
struct scene_moment {
	struct hand_day day;
	bool exact;
	struct instant at; /* of a bare day unset */
};

struct scene scene_of(const struct submission *submission, const struct json *body, struct arena *arena);

/* BODY with the value of JSON_TEXT at a pointer, whose parents are made where they are missing; NULL when that cannot be. */
const struct json *scene_put(const struct scene *scene, const struct json *body, const char *pointer, const char *json_text);
const struct json *scene_put_day(const struct scene *scene, const struct json *body, const char *pointer, struct hand_day day);
/* As a date; where the place holds an instant, noon of that day. */
const struct json *scene_put_on(const struct scene *scene, const struct json *body, const char *pointer, struct hand_day day);
const struct json *scene_put_at(const struct scene *scene, const struct json *body, const char *pointer, struct instant at);
/* Nothing is said there any more. */
const struct json *scene_clear(const struct scene *scene, const struct json *body, const char *pointer);

/* What is written at a pointer; false when it is no date or instant. */
bool scene_moment_at(const struct scene *scene, const char *pointer, struct scene_moment *ret_moment);
/* Of an instant; and the first and the last moment of a day. */
struct scene_moment scene_instant(const struct scene *scene, struct instant at);
struct instant scene_begin(const struct scene *scene, const struct scene_moment *moment);
struct instant scene_end(const struct scene *scene, const struct scene_moment *moment);

/* Whether the place can hold an instant. */
bool scene_exact(const struct scene *scene, const char *pointer);

/* The requested days: of every line that has both ends (its own or the period's), else of the period. False when none is known. */
bool scene_requested(const struct scene *scene, struct hand_day *ret_first, struct hand_day *ret_last);

/* A day by the name that checks use; false when it is not known. */
bool scene_day(const struct scene *scene, const char *name, struct scene_moment *ret_moment);

/* Runs over the documents of one of TYPES, from *ret_place on; NULL after the last. *ret_pointer is where it stands. */
const struct json *scene_paper(const struct scene *scene, const struct json *types, size_t *place, const char **ret_pointer);

/* Whether a list of words has a word; "@list" stands for its words. */
bool scene_listed(const struct scene *scene, const struct json *words, const char *word);
/* The first word of a list; NULL when there is none. */
const char *scene_first_word(const struct scene *scene, const struct json *words);

/* BODY with every date and instant DAYS later. */
const struct json *scene_shift(const struct scene *scene, const struct json *body, int days);

/* "/documents/1" and "completed_on" in one. */
const char *scene_join(const struct scene *scene, const char *pointer, const char *rest);

#endif
