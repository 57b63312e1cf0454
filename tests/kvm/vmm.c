// SPDX-License-Identifier: BSD-2-Clause
/*
 * vmm [-c CPUS] PAYLOAD [BOOTARGS]: run an S-mode payload as a guest of KVM
 *
 * The payload is started as firmware would start it, with its console on SBI.
 * It ends with status 0 when the guest shuts down without a complaint, with 1
 * when the guest failed, and with 2 when it cannot run.
 */
#include "vmm.h"

#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

/* A Linux Image lies at 2 MiB and its device tree out of its way */
#define PAYLOAD_AT (RAM_BASE + (2UL << 20))
#define TREE_AT (RAM_BASE + RAM_SIZE - TREE_SIZE)

#define MAX_CPUS 8

struct vcpu {
	int fd;
	struct kvm_run *run;
};

static unsigned char *ram;

void die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("vmm: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(2);
}

static int request(int fd, unsigned long what, void *with, const char *name)
{
	int ret = ioctl(fd, what, with);

	if (ret < 0)
		die("KVM refuses %s: %m", name);
	return ret;
}

/* How the guest gets at [@at, @at + @size), or NULL if that is no RAM of it */
static void *guest_memory(uint64_t at, uint64_t size)
{
	if (at < RAM_BASE || size > RAM_SIZE || at - RAM_BASE > RAM_SIZE - size)
		return NULL;
	return ram + (at - RAM_BASE);
}

/* -- What the guest is told ------------------------------------------------ */

static bool has_extension(int vcpu, unsigned int id)
{
	uint64_t enabled = 0;

	return get_reg(vcpu, REG(KVM_REG_RISCV_ISA_EXT, id), &enabled) &&
	       enabled;
}

/* What the device tree has to tell of a hart */
static void look_at(int vcpu, struct guest *guest)
{
	uint64_t isa = 0;
	char *to = guest->isa;
	const char *letter;

	if (!get_reg(vcpu, REG(KVM_REG_RISCV_CONFIG, CONFIG_ISA), &isa) ||
	    !get_reg(vcpu, REG(KVM_REG_RISCV_TIMER, TIMER_FREQUENCY),
		     &guest->timebase))
		die("KVM does not tell the ISA of its harts: %m");
	to += sprintf(to, "rv64");
	for (letter = "imafdcvh"; *letter; letter++) {
		if (isa >> (*letter - 'a') & 1)
			*to++ = *letter;
	}
	to += sprintf(to, "_zicsr_zifencei");
	if (has_extension(vcpu, ISA_SSTC))
		to += sprintf(to, "_sstc");
	if (has_extension(vcpu, ISA_SSCOFPMF))
		to += sprintf(to, "_sscofpmf");
}

/* -- Calls that KVM leaves to us ------------------------------------------ */

static void write_out(const void *from, size_t size)
{
	const char *byte = from;

	while (size > 0) {
		ssize_t done = write(STDOUT_FILENO, byte, size);

		if (done <= 0)
			exit(2);
		byte += done;
		size -= (size_t)done;
	}
}

static void debug_console(struct kvm_run *run)
{
	uint64_t size = run->riscv_sbi.args[0];
	uint64_t at = run->riscv_sbi.args[1];
	unsigned long *ret = run->riscv_sbi.ret;
	const void *from;
	char byte = (char)size;

	ret[0] = 0;
	ret[1] = 0;
	switch (run->riscv_sbi.function_id) {
	case DBCN_WRITE:
		from = guest_memory(at, size);
		if (!from || run->riscv_sbi.args[2])
			ret[0] = SBI_INVALID_PARAM;
		else
			write_out(from, ret[1] = size);
		break;
	case DBCN_READ:
		break;
	case DBCN_WRITE_BYTE:
		write_out(&byte, 1);
		break;
	default:
		ret[0] = SBI_NOT_SUPPORTED;
	}
}

static void sbi_call(struct kvm_run *run)
{
	char byte = (char)run->riscv_sbi.args[0];

	switch (run->riscv_sbi.extension_id) {
	case EID_DBCN:
		debug_console(run);
		break;
	case EID_LEGACY_PUTCHAR:
		write_out(&byte, 1);
		run->riscv_sbi.ret[0] = 0;
		break;
	default:
		run->riscv_sbi.ret[0] = SBI_NOT_SUPPORTED;
		run->riscv_sbi.ret[1] = 0;
	}
}

/* The reason that the guest gave for its shutdown is our status */
static void system_event(const struct kvm_run *run)
{
	if (run->system_event.type != KVM_SYSTEM_EVENT_SHUTDOWN)
		die("the guest asks for system event %u",
		    run->system_event.type);
	exit(run->system_event.ndata && run->system_event.data[0] ? 1 : 0);
}

static void *run_vcpu(void *arg)
{
	const struct vcpu *v = arg;

	for (;;) {
		if (ioctl(v->fd, KVM_RUN, NULL) < 0 && errno != EINTR &&
		    errno != EAGAIN)
			die("KVM cannot run the guest: %m");
		switch (v->run->exit_reason) {
		case KVM_EXIT_RISCV_SBI:
			sbi_call(v->run);
			break;
		case KVM_EXIT_SYSTEM_EVENT:
			system_event(v->run);
			break;
		case KVM_EXIT_INTR:
			break;
		case KVM_EXIT_MMIO:
			access_fault(v->fd, v->run);
			break;
		default:
			die("the guest stopped for KVM's reason %u",
			    v->run->exit_reason);
		}
	}
}

/* -- Making the machine --------------------------------------------------- */

static void add_ram(int vm)
{
	struct kvm_userspace_memory_region region = {
		.guest_phys_addr = RAM_BASE,
		.memory_size = RAM_SIZE,
	};

	ram = mmap(NULL, RAM_SIZE, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (ram == MAP_FAILED)
		die("there is no memory for the guest: %m");
	region.userspace_addr = (uintptr_t)ram;
	request(vm, KVM_SET_USER_MEMORY_REGION, &region, "memory");
}

static void load(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	uint64_t at = PAYLOAD_AT;
	ssize_t got;

	if (fd < 0)
		die("%s: %m", path);
	while ((got = read(fd, guest_memory(at, 1), TREE_AT - at)) > 0)
		at += (size_t)got;
	if (got < 0 || at == TREE_AT)
		die("%s: cannot be loaded: %s", path,
		    got < 0 ? strerror(errno) : "too large");
	close(fd);
}

static void add_vcpu(int kvm, int vm, unsigned long id, struct vcpu *v)
{
	int size = request(kvm, KVM_GET_VCPU_MMAP_SIZE, NULL, "its sizes");

	v->fd = request(vm, KVM_CREATE_VCPU, (void *)id, "a hart");
	v->run = mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE, MAP_SHARED,
		      v->fd, 0);
	if (v->run == MAP_FAILED)
		die("the state of hart %lu cannot be mapped: %m", id);
	/* Kernels without it have the legacy console, which needs no leave */
	set_reg(v->fd, REG(KVM_REG_RISCV_SBI_EXT, SBI_EXT_DBCN), 1);
}

/* The first hart begins; the others wait for HART_START */
static void begin_at(int vcpu)
{
	if (!set_reg(vcpu, REG(KVM_REG_RISCV_CORE, CORE_PC), PAYLOAD_AT) ||
	    !set_reg(vcpu, REG(KVM_REG_RISCV_CORE, CORE_A0), 0) ||
	    !set_reg(vcpu, REG(KVM_REG_RISCV_CORE, CORE_A1), TREE_AT))
		die("KVM refuses the registers of the first hart: %m");
}

int main(int argc, char **argv)
{
	struct vcpu vcpus[MAX_CPUS];
	struct guest guest = {.cpus = 1};
	pthread_t thread;
	int kvm, vm, option;
	unsigned int n;

	while ((option = getopt(argc, argv, "c:")) == 'c')
		guest.cpus = (unsigned int)strtoul(optarg, NULL, 10);
	if (option != -1 || optind == argc || guest.cpus < 1 ||
	    guest.cpus > MAX_CPUS)
		die("usage: vmm [-c CPUS] PAYLOAD [BOOTARGS], CPUS from 1 to %d",
		    MAX_CPUS);
	guest.bootargs = optind + 1 < argc ? argv[optind + 1] : "";

	kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
	if (kvm < 0)
		die("/dev/kvm: %m; is kvm loaded, has the hart extension H?");
	vm = request(kvm, KVM_CREATE_VM, NULL, "a machine");
	add_ram(vm);
	load(argv[optind]);
	for (n = 0; n < guest.cpus; n++)
		add_vcpu(kvm, vm, n, &vcpus[n]);
	look_at(vcpus[0].fd, &guest);
	write_tree(guest_memory(TREE_AT, TREE_SIZE), &guest);
	begin_at(vcpus[0].fd);
	for (n = 1; n < guest.cpus; n++) {
		if (pthread_create(&thread, NULL, run_vcpu, &vcpus[n]))
			die("there is no thread for hart %u", n);
	}
	run_vcpu(&vcpus[0]);
	return 2;
}
