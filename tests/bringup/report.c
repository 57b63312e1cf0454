// SPDX-License-Identifier: BSD-2-Clause
/* Findings: kept for the JSON at the end, and told at once for people. */
#include "bringup.h"

#define COLUMNS 79
#define INDENT 8
/* Where a text goes on in the next line */
#define MARGIN "          "
#define MAX_FINDINGS 600
#define MAX_TEXT 600

struct found {
	enum verdict verdict;
	unsigned int hart;
	bool differs;
	const char *id, *about, *text, *expected, *advice;
};

static struct found found[MAX_FINDINGS];
static unsigned int count;
static unsigned int lost; /* findings there was no room for */
static struct found *latest; /* NULL when it is not told */
static unsigned int hart;

static char kept[160 * 1024];
static unsigned int used;

struct buffer {
	char *to;
	unsigned int size, length;
};

static void put_memory(char c, void *to)
{
	struct buffer *b = to;

	if (b->length + 1 < b->size)
		b->to[b->length++] = c;
}

unsigned int vtext(char *to, unsigned int size, const char *fmt, va_list args)
{
	struct buffer b = {to, size, 0};

	format(put_memory, &b, fmt, args);
	to[b.length] = 0;
	return b.length;
}

unsigned int text(char *to, unsigned int size, const char *fmt, ...)
{
	unsigned int length;
	va_list args;

	va_start(args, fmt);
	length = vtext(to, size, fmt, args);
	va_end(args);
	return length;
}

/* NULL when there is no more room */
static const char *keep(const char *s)
{
	unsigned int length = (unsigned int)strlen(s) + 1;
	char *copy = kept + used;

	if (length > sizeof(kept) - used)
		return NULL;
	used += length;
	return memcpy(copy, s, length);
}

const char *verdict_name(enum verdict verdict)
{
	static const char *const names[] = {
		[UNKNOWN] = "UNKNOWN",
		[OK] = "OK",
		[ABSENT] = "ABSENT",
		[BROKEN] = "BROKEN",
	};

	return names[verdict];
}

const char *list_of(uint64_t bits)
{
	static char list[200];
	unsigned int length = 0;

	list[0] = 0;
	for (unsigned int i = 0, end; i < 64; i = end + 1) {
		for (end = i; end < 64 && bits >> end & 1; end++)
			;
		if (end == i)
			continue;
		length += text(list + length, sizeof(list) - length, "%s%u",
			       length ? "," : "", i);
		if (end - i > 1)
			length +=
				text(list + length, sizeof(list) - length,
				     "%s%u", end - i > 2 ? "-" : ",", end - 1);
	}
	return list;
}

void section(const char *title)
{
	printf("\n-- %s\n", title);
}

void report_hart(unsigned int index)
{
	hart = index;
}

/* Break a text into lines; column is where it begins, and it is printed there
 */
static void put_wrapped(const char *s, unsigned int column)
{
	while (*s) {
		unsigned int room = COLUMNS - column, length, cut;

		length = (unsigned int)strlen(s);
		cut = length;
		if (length > room) {
			cut = room;
			while (cut && s[cut] != ' ' && s[cut - 1] != ',' &&
			       s[cut - 1] != '_')
				cut--;
			if (!cut)
				cut = room;
		}
		printf("%.*s\n", (int)cut, s);
		s += cut;
		while (*s == ' ')
			s++;
		if (*s)
			printf(MARGIN);
		column = sizeof(MARGIN) - 1;
	}
}

static bool same(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

/* What there is of the first hart about the same thing */
static const struct found *of_the_first(const char *id, const char *about)
{
	for (unsigned int i = 0; i < count; i++) {
		if (!found[i].hart && same(found[i].id, id) &&
		    same(found[i].about, about))
			return &found[i];
	}
	return NULL;
}

static void tell(const char *line)
{
	printf("%-8s", verdict_name(latest->verdict));
	put_wrapped(line, INDENT);
}

void finding(enum verdict verdict, const char *id, const char *about,
	     const char *fmt, ...)
{
	char body[MAX_TEXT], line[MAX_TEXT + 300], of_hart[24] = "";
	const struct found *first = of_the_first(id, about);
	va_list args;

	latest = NULL;
	if (hart && first && first->verdict == verdict)
		return;
	if (count == MAX_FINDINGS) {
		lost++;
		return;
	}
	va_start(args, fmt);
	vtext(body, sizeof(body), fmt, args);
	va_end(args);
	latest = &found[count];
	*latest = (struct found){
		.verdict = verdict,
		.hart = hart,
		/* What is not known may be the same */
		.differs = hart && verdict != UNKNOWN &&
			   !(first && first->verdict == UNKNOWN),
		.id = keep(id),
		.about = keep(about),
		.text = keep(body),
	};
	if (!latest->id || !latest->about || !latest->text)
		lost++;
	else
		count++;
	if (hart)
		text(of_hart, sizeof(of_hart), "hart %lu: ", hart_id(hart));
	text(line, sizeof(line), "%s%s: %s%s%s", of_hart, id, about,
	     *about && *body ? ": " : "", body);
	tell(line);
}

static const char *more(const char *name, const char *fmt, va_list args)
{
	char body[MAX_TEXT];

	vtext(body, sizeof(body), fmt, args);
	printf("%8s%s: ", "", name);
	put_wrapped(body, INDENT + 2 + (unsigned int)strlen(name));
	return keep(body);
}

void expected(const char *fmt, ...)
{
	va_list args;

	if (!latest)
		return;
	va_start(args, fmt);
	latest->expected = more("expected", fmt, args);
	va_end(args);
}

void advise(const char *fmt, ...)
{
	va_list args;

	if (!latest)
		return;
	va_start(args, fmt);
	latest->advice = more("do", fmt, args);
	va_end(args);
}

unsigned int findings(unsigned int of, enum verdict verdict)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < count; i++)
		n += found[i].hart == of && found[i].verdict == verdict;
	return n;
}

unsigned int differences(unsigned int of)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < count; i++)
		n += found[i].hart == of && found[i].differs;
	return n;
}

void json_string(const char *s)
{
	printf("\"");
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			printf("\\%c", *s);
		else if (*s == '\n' || *s == '\t')
			printf("\\%c", *s == '\n' ? 'n' : 't');
		else if (*s < ' ' || *s > '~')
			printf("\\u%04x", (unsigned char)*s);
		else
			printf("%c", *s);
	}
	printf("\"");
}

static void member(const char *name, const char *value)
{
	if (!value || !*value)
		return;
	printf(",\"%s\":", name);
	json_string(value);
}

void json_findings(void)
{
	printf("\"lost\":%u,\"findings\":[", lost);
	for (unsigned int i = 0; i < count; i++) {
		const struct found *f = &found[i];

		printf("%s{\"hart\":%lu,\"verdict\":\"%s\"", i ? "," : "",
		       hart_id(f->hart), verdict_name(f->verdict));
		member("id", f->id);
		member("about", f->about);
		member("text", f->text);
		member("expected", f->expected);
		member("do", f->advice);
		printf("}");
	}
	printf("]");
}
