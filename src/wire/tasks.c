/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/tasks.h"

#include "domain/lifecycle.h"

void tasks_write(struct json_writer *writer, unsigned tasks)
{
	json_put_name(writer, "tasks");
	json_open_array(writer);
	for (unsigned place = 0; place < TASK_COUNT; place++) {
		if ((tasks & 1U << place) != 0) {
			json_put_text(writer, task_name(place));
		}
	}
	json_close_array(writer);
}
