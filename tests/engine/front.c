// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
//
// A program that the kernel starts through a dynamic loader (the linker option --dynamic-linker names it) and that
// carries a static program (PAYLOAD) which it then becomes. It stands in for a dynamically linked busybox: where the
// loader is missing it does not start, with the same words, and where it is there it does what busybox does.

__asm__(".section .rodata\n"
        "payload: .incbin \"" PAYLOAD "\"\n"
        "payloadEnd:\n"
        ".text\n"
        ".globl _start\n"
        "_start: mov %rsp, %rdi\n"
        "and $-16, %rsp\n"
        "call front\n");

extern const char payload[] __attribute__((visibility("hidden")));
extern const char payloadEnd[] __attribute__((visibility("hidden")));

static long ask(long number, long a, long b, long c, long d, long e)
{
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    long answer;
    __asm__ volatile("syscall"
                     : "=a"(answer)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
                     : "rcx", "r11", "memory");
    return answer;
}

enum { Write = 1, Exit = 60, CreateInMemory = 319, ExecuteAt = 322, CloseOnExecute = 1, EmptyPath = 0x1000 };

__attribute__((used)) void front(long *stack)
{
    char **arguments = (char **)(stack + 1);
    char **environment = arguments + stack[0] + 1;
    const long file = ask(CreateInMemory, (long)"busybox", CloseOnExecute, 0, 0, 0);
    for (const char *at = payload; at < payloadEnd;) {
        const long written = ask(Write, file, (long)at, payloadEnd - at, 0, 0);
        if (written <= 0)
            ask(Exit, 125, 0, 0, 0, 0);
        at += written;
    }
    ask(ExecuteAt, file, (long)"", (long)arguments, (long)environment, EmptyPath);
    ask(Exit, 126, 0, 0, 0, 0);
}
