// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/Accounts.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace stagewright::lint {

namespace {

bool isNamePart(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

/// Whether @p word stands in @p text as a word of its own.
bool hasWord(std::string_view text, std::string_view word)
{
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !isNamePart(text[at - 1])) && (end == text.size() || !isNamePart(text[end])))
            return true;
    }
    return false;
}

template <std::size_t N> bool containsAny(std::string_view text, const std::array<std::string_view, N> &parts)
{
    return std::ranges::any_of(parts,
                               [text](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

/// What one command line does to the accounts.
Known textAdds(std::string_view text, std::string_view name, bool group)
{
    static constexpr std::array<std::string_view, 5> userTools{"useradd", "adduser", "newusers", "usermod", "sysusers"};
    static constexpr std::array<std::string_view, 3> groupTools{"groupadd", "addgroup", "groupmod"};
    // What may add accounts without saying so: packages, scripts, files in /etc.
    static constexpr std::array<std::string_view, 22> mayAdd{
        "passwd", "/etc", "apk", "apt",  "dnf", "yum",  "rpm",  "zypper",  "pacman", "dpkg",   "tdnf",
        "opkg",   ".sh",  "sh ", "bash", "./",  "curl", "wget", "ansible", "make",   "python", "tar "};
    const bool users = containsAny(text, userTools);
    const bool groups = containsAny(text, groupTools);
    // A new user brings a group of the same name, on Debian and Alpine alike.
    if ((users || (group && groups)) && hasWord(text, name))
        return Known::Yes;
    return users || groups || containsAny(text, mayAdd) || text.find('$') != std::string_view::npos ? Known::Unknown
                                                                                                    : Known::No;
}

} // namespace

Known imageHasAccount(const ImageFactsPtr &facts, std::string_view name, bool group)
{
    if (!facts)
        return Known::Unknown;
    if (const auto &names = group ? facts->groups : facts->accounts)
        return std::ranges::find(*names, name) == names->end() ? Known::No : Known::Yes;
    const auto passwd = facts->provides.find("passwd");
    if (passwd != facts->provides.end() && !passwd->second)
        return Known::No;
    return !group && facts->user.substr(0, facts->user.find(':')) == name && passwd != facts->provides.end()
        ? Known::Yes
        : Known::Unknown;
}

Known listsAccount(std::string_view text, std::string_view name)
{
    bool certain = true;
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        line.remove_prefix(std::min(line.find_first_not_of('\t'), line.size())); // <<- takes them away
        const std::string_view entry = line.substr(0, line.find(':'));
        if (entry == name && entry.size() < line.size())
            return Known::Yes;
        certain = certain && entry.find('$') == std::string_view::npos; // a variable is the name, perhaps
    }
    return certain ? Known::No : Known::Unknown;
}

Known runAddsAccount(const Instruction &run, std::string_view name, bool group)
{
    if (!run.heredocs.empty())
        return Known::Unknown;
    if (run.isShellForm())
        return textAdds(run.arguments, name, group);
    std::string text;
    for (const Argument &argument : run.args) {
        text += argument.value;
        text += ' ';
    }
    return textAdds(text, name, group);
}

} // namespace stagewright::lint
