/* SPDX-License-Identifier: Apache-2.0 */
/* The lists of an answer, each written as one member of the object that is open. */
#ifndef AR_WIRE_ANSWER_PARTS_H
#define AR_WIRE_ANSWER_PARTS_H

#include "base/json_write.h"
#include "policy/evaluate.h"

void answer_write_entries(struct json_writer *writer, const char *name, const struct entry *entries, size_t count);
void answer_write_return(struct json_writer *writer, const struct evaluation *evaluation);
/* ANSWERS: what licensed reviewers answered ([{criterion, answer, ...}]), shown beside what the machine found; NULL: nothing yet. */
void answer_write_findings(struct json_writer *writer, const struct evaluation *evaluation, const struct json *answers);
/* The same of findings that stood in an earlier answer: as they stood, with what licensed reviewers have answered since. */
void answer_write_kept_findings(struct json_writer *writer, const struct json *findings, const struct json *answers);
void answer_write_flags(struct json_writer *writer, const struct evaluation *evaluation);
void answer_write_limits(struct json_writer *writer, const struct evaluation *evaluation);

#endif
