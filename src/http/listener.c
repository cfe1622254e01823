/* SPDX-License-Identifier: Apache-2.0 */
#include "http/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * As long as the kernel's own maximum usually is: a burst of clients waits there instead of being turned
 * away.
 */
enum { BACKLOG = 4096, SPARE_FILES = 128 };

union listen_address {
	struct sockaddr any;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
};

static bool read_host(const char *host, uint16_t port, union listen_address *address, socklen_t *length)
{
	memset(address, 0, sizeof(*address));
	if (inet_pton(AF_INET, host, &address->four.sin_addr) == 1) {
		address->four.sin_family = AF_INET;
		address->four.sin_port = htons(port);
		*length = sizeof(address->four);
		return true;
	}
	if (inet_pton(AF_INET6, host, &address->six.sin6_addr) == 1) {
		address->six.sin6_family = AF_INET6;
		address->six.sin6_port = htons(port);
		*length = sizeof(address->six);
		return true;
	}
	return false;
}

static bool bind_and_listen(int fd, union listen_address *address, socklen_t length, uint16_t *ret_port)
{
	const int on = 1;
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0 || bind(fd, &address->any, length) != 0 ||
	    listen(fd, BACKLOG) != 0 || getsockname(fd, &address->any, &length) != 0) {
		return false;
	}
	*ret_port = ntohs(address->any.sa_family == AF_INET ? address->four.sin_port : address->six.sin6_port);
	return true;
}

bool listener_open(const char *host, uint16_t port, int *ret_fd, uint16_t *ret_port, struct err *err)
{
	union listen_address address;
	socklen_t length;
	if (!read_host(host, port, &address, &length)) {
		return err_set(err, ERR_CONFIG, "%s is not a numeric address to listen on", host);
	}
	const int fd = socket(address.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0 || !bind_and_listen(fd, &address, length, ret_port)) {
		err_set(err, ERR_CONFIG, "cannot listen on %s port %u: %s", host, (unsigned)port, strerror(errno));
		if (fd >= 0) {
			close(fd);
		}
		return false;
	}
	*ret_fd = fd;
	return true;
}

bool listener_reserve(unsigned count)
{
	const rlim_t needed = (rlim_t)count + SPARE_FILES;
	struct rlimit files;
	if (getrlimit(RLIMIT_NOFILE, &files) != 0) {
		return false;
	}
	if (files.rlim_cur < needed) {
		files.rlim_cur = needed < files.rlim_max ? needed : files.rlim_max;
		if (setrlimit(RLIMIT_NOFILE, &files) != 0) {
			return false;
		}
	}
	return files.rlim_cur >= needed;
}
