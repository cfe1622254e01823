/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a preview of a determination, each written as one member of the object that is open. */
#ifndef AR_REVIEW_PREVIEW_PARTS_H
#define AR_REVIEW_PREVIEW_PARTS_H

#include "base/json_write.h"
#include "review/determination.h"

void preview_write_guards(struct json_writer *writer, const struct issues *guards);
void preview_write_needs(struct json_writer *writer, const struct determination_facts *facts, enum verdict verdict);
void preview_write_credentials(struct json_writer *writer, const struct determination_facts *facts, enum verdict verdict);
void preview_write_lines(struct json_writer *writer, const struct determination_facts *facts);
void preview_write_limits(struct json_writer *writer, const struct determination_facts *facts);
void preview_write_barred(struct json_writer *writer, const struct determination_facts *facts);
void preview_write_grants(struct json_writer *writer, const struct determination_facts *facts);
void preview_write_open(struct json_writer *writer, const struct determination_facts *facts);
void preview_write_clocks(struct json_writer *writer, const struct determination_facts *facts);

#endif
