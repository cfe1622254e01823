/* SPDX-License-Identifier: Apache-2.0 */
#include "arguments.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 64 * 1024 * 1024 };

static char *read_file(const char *path, size_t *ret_length)
{
	FILE *file = fopen(path, "rb");
	char *bytes = malloc(FILE_MAX + 1);
	if (file == NULL || bytes == NULL) {
		perror(path);
		exit(1);
	}
	*ret_length = fread(bytes, 1, FILE_MAX, file);
	bytes[*ret_length] = '\0';
	(void)fclose(file);
	return bytes;
}

static void read_paths(const char *name, struct message_source *source)
{
	size_t length = 0;
	char *text = read_file(name, &length);
	const char **paths = calloc(length / 2 + 1, sizeof(*paths));
	char *rest = NULL;
	if (paths == NULL) {
		abort();
	}
	for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
		paths[source->path_count++] = line;
	}
	source->paths = paths;
}

static void read_path(char **place, struct message_source *source)
{
	if ((*place)[0] == '@') {
		read_paths(*place + 1, source);
	} else {
		source->paths = (const char *const *)place;
		source->path_count = 1;
	}
}

static struct arguments read_options(int argc, char **argv)
{
	static const struct option options[] = {
		{"port", required_argument, NULL, 'p'},
		{"connections", required_argument, NULL, 'c'},
		{"seconds", required_argument, NULL, 's'},
		{"count", required_argument, NULL, 'n'},
		{"token", required_argument, NULL, 't'},
		{"method", required_argument, NULL, 'm'},
		{"body", required_argument, NULL, 'b'},
		{"etag", required_argument, NULL, 'g'},
		{"expect", required_argument, NULL, 'e'},
		{"answer", required_argument, NULL, 'a'},
		{"places", required_argument, NULL, 'l'},
		{"once", no_argument, NULL, 'o'},
		{NULL, 0, NULL, 0},
	};
	struct arguments arguments = {.connections = 1, .seconds = 1, .expected = 200, .source = {.host = "127.0.0.1"}};
	int option;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'p': arguments.port = (int)strtol(optarg, NULL, 10); break;
		case 'c': arguments.connections = strtoul(optarg, NULL, 10); break;
		case 's': arguments.seconds = strtod(optarg, NULL); break;
		case 'n': arguments.most = strtoul(optarg, NULL, 10); break;
		case 't': arguments.source.token = optarg; break;
		case 'm': arguments.source.method = optarg; break;
		case 'b': arguments.source.body = read_file(optarg, &arguments.source.body_length); break;
		case 'g': arguments.source.etag = optarg; break;
		case 'e': arguments.expected = (int)strtol(optarg, NULL, 10); break;
		case 'a': arguments.answer = optarg; break;
		case 'l': arguments.places = optarg; break;
		case 'o': arguments.source.once = true; break;
		default: exit(64);
		}
	}
	return arguments;
}

struct arguments arguments_read(int argc, char **argv)
{
	struct arguments arguments = read_options(argc, argv);
	if (optind == argc - 1) {
		read_path(&argv[optind], &arguments.source);
	}
	if (arguments.port == 0 || arguments.source.path_count == 0 || arguments.connections == 0) {
		(void)fputs("load: --port, --connections and one path, or a file that has one, are needed\n", stderr);
		exit(64);
	}
	if (arguments.source.method == NULL) {
		arguments.source.method = arguments.source.body != NULL ? "POST" : "GET";
	}
	return arguments;
}
