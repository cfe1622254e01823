/* SPDX-License-Identifier: Apache-2.0 */
/* What is to be done about a request, as answers and worklists say it. */
#ifndef AR_WIRE_TASKS_H
#define AR_WIRE_TASKS_H

#include "base/json_write.h"

/* Writes the member `tasks`; TASKS are bits of enum task. */
void tasks_write(struct json_writer *writer, unsigned tasks);

#endif
