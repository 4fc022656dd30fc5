// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

/// Makes Dockerfiles with everything that is odd but allowed. The same seed gives the same file on every machine
/// (the standard distributions would not).
class RandomDockerfile
{
public:
    explicit RandomDockerfile(std::uint32_t seed)
        : m_random(seed)
    {
    }

    std::string make()
    {
        m_endings = static_cast<int>(below(4)); // LF, LF, CR LF, mixed
        m_lower = chance(4);
        m_gap = below(3);
        m_text.clear();
        m_names.clear();
        if (chance(8))
            m_text = "\xEF\xBB\xBF";
        head();
        const std::size_t stages = 1 + below(6);
        for (std::size_t i = 0; i < stages; ++i)
            stage(i);
        if (chance(3))
            line("# the end");
        if (chance(4)) {
            while (m_text.ends_with('\n') || m_text.ends_with('\r'))
                m_text.pop_back();
        }
        return m_text;
    }

    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(m_random() % limit); }
    bool chance(std::size_t oneIn) { return below(oneIn) == 0; }

private:
    void line(const std::string &text)
    {
        const bool crlf = m_endings == 2 || (m_endings == 3 && chance(2));
        m_text += text;
        if (chance(12))
            m_text += "  ";
        m_text += crlf ? "\r\n" : "\n";
    }

    std::string word(std::string text)
    {
        if (m_lower && !chance(6)) {
            for (char &c : text)
                c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        }
        return text;
    }

    void head()
    {
        if (chance(3))
            line("# syntax=docker/dockerfile:1");
        if (chance(3))
            line("# What this file is for.");
        if (chance(3))
            line("");
        m_hasArg = chance(2);
        if (m_hasArg)
            line(word("ARG") + " VERSION=3.20");
    }

    std::string base(std::size_t index)
    {
        if (index > 0 && !m_names.empty() && chance(3))
            return m_names[below(m_names.size())];
        if (m_hasArg && chance(4))
            return "alpine:${VERSION}";
        static const char *const images[]
            = {"alpine", "debian:12-slim", "gcr.io/distroless/static", "scratch", "node:22"};
        return images[below(5)];
    }

    void stage(std::size_t index)
    {
        if (index > 0) {
            for (std::size_t i = 0; i < m_gap; ++i)
                line("");
            if (m_gap > 0 && chance(4)) {
                line("# ---- part ----");
                line("");
            }
        }
        if (chance(3))
            line("# The stage " + std::to_string(index));
        std::string from = word("FROM");
        if (chance(6))
            from += " --platform=linux/amd64";
        from += (chance(8) ? "  " : " ") + base(index);
        const bool named = !chance(3);
        const std::string name = "s" + std::to_string(index) + (chance(4) ? "-x.y_z" : "");
        if (named && chance(8)) {
            line(from + " \\");
            line("  # named here");
            line("  " + word("AS") + ' ' + name);
        } else {
            line(from + (named ? ' ' + word("AS") + ' ' + name : std::string()));
        }
        for (std::size_t left = below(6); left > 0; --left)
            instruction(index);
        if (chance(5))
            line("# RUN switched off");
        if (named)
            m_names.push_back(name);
    }

    std::string fromWord(std::size_t index)
    {
        if (index == 0 || chance(4))
            return "busybox:1";
        if (m_names.empty() || chance(3))
            return std::to_string(below(index));
        std::string name = m_names[below(m_names.size())];
        return chance(6) ? '"' + name + '"' : name;
    }

    std::string mountWord(std::size_t index)
    {
        return index == 0 || m_names.empty() ? "busybox:1" : m_names[below(m_names.size())];
    }

    void instruction(std::size_t index)
    {
        if (chance(5))
            line("# about the next line");
        if (chance(6))
            line("");
        const std::string indent = chance(8) ? "  " : "";
        switch (below(12)) {
        case 0: line(indent + word("COPY") + " --from=" + fromWord(index) + " /out /in"); break;
        case 1:
            line(indent + word("RUN") + " --mount=type=bind,from=" + mountWord(index) + ",target=/m \\");
            if (chance(3))
                line("    --mount=type=cache,target=/c \\");
            line("    make");
            break;
        case 2:
            line(indent + word("RUN") + " one && \\");
            line("    # why two");
            if (chance(3))
                line("");
            line("    two");
            break;
        case 3:
            line(word("RUN") + " <<EOF");
            line("FROM nothing");
            line("# not a comment");
            line("");
            m_text += "EOF\n";
            break;
        case 4:
            line(word("COPY") + " <<-'END' /etc/f");
            line("\t--from=s0");
            m_text += "\tEND\n";
            break;
        case 5: line(indent + word("COPY") + " --chown=1:1 . /src"); break;
        case 6: line(indent + word("ENV") + " A=1 B=\"two words\""); break;
        case 7: line(indent + word("CMD") + " [\"a\", \"b c\"]"); break;
        case 8: line(word("ADD") + " [\"a b\", \"https://example.com/x\", \"/d/\"]"); break;
        case 9: line(indent + word("ONBUILD") + ' ' + word("COPY") + " --from=" + fromWord(index) + " /out /in"); break;
        case 10:
            line(word("ONBUILD") + ' ' + word("RUN") + " --mount=from=" + mountWord(index) + ",target=/m make");
            break;
        default: line(indent + word("RUN") + " echo ä\xC2\xA0“x” # FROM y"); break;
        }
    }

    std::mt19937 m_random;
    std::string m_text;
    std::vector<std::string> m_names;
    std::size_t m_gap = 1;
    int m_endings = 0;
    bool m_lower = false;
    bool m_hasArg = false;
};
