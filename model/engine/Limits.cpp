// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/BuildReport.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <limits>

namespace stagewright::engine {

namespace {

std::string percent(double part)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f %%", part * 100);
    return text.data();
}

/// Collects the sentences.
class Check
{
public:
    /// @p what "The image weighs"; text() makes a figure readable.
    template <typename T, typename Text>
    void atMost(const std::optional<T> &value, const std::optional<T> &limit, std::string_view what, Text text)
    {
        if (!limit)
            return;
        if (!value)
            unknown(what);
        else if (*value > *limit)
            add(std::string(what) + ' ' + text(*value) + ", and the limit is " + text(*limit) + '.');
    }
    void unknown(std::string_view what)
    {
        add(std::string(what) + " an amount that is not known, so the limit is not met.");
    }
    void add(std::string sentence) { m_sentences.push_back(std::move(sentence)); }
    [[nodiscard]] std::vector<std::string> take() { return std::move(m_sentences); }

private:
    std::vector<std::string> m_sentences;
};

std::string figure(std::uint32_t number)
{
    return std::to_string(number);
}

bool isRoot(const std::string &user)
{
    const std::string name = user.substr(0, user.find(':'));
    return name.empty() || name == "root" || name.find_first_not_of('0') == std::string::npos;
}

} // namespace

bool Limits::needContents() const
{
    return lowestEfficiency || maxWasted || maxPackages || maxExecutables || noShell || noPackageManager || noSetuid
        || noRoot;
}

std::vector<std::string> exceeded(const BuildReport &report, const Limits &limits)
{
    Check check;
    std::optional<std::uint64_t> added;
    if (report.bytes && report.baseBytes)
        added = *report.bytes - *report.baseBytes;
    check.atMost(report.bytes, limits.maxBytes, "The image weighs", bytesText);
    check.atMost(added, limits.maxAdded, "The file adds to its base image", bytesText);
    check.atMost(report.wastedBytes, limits.maxWasted, "The image wastes", bytesText);
    if (limits.lowestEfficiency) {
        if (!report.efficiency)
            check.add("The efficiency of the image is not known, so the limit is not met.");
        else if (*report.efficiency < *limits.lowestEfficiency)
            check.add("The efficiency of the image is " + percent(*report.efficiency) + ", and the limit is "
                      + percent(*limits.lowestEfficiency) + '.');
    }
    if (!report.exposes) {
        if (limits.maxPackages || limits.maxExecutables || limits.noShell || limits.noPackageManager || limits.noSetuid
            || limits.noRoot)
            check.add("What is in the image is not known, so the limits on it are not met.");
        return check.take();
    }
    const Exposure &exposes = *report.exposes;
    check.atMost(exposes.packages, limits.maxPackages, "The number of packages in the image is", figure);
    check.atMost(std::optional(exposes.executables), limits.maxExecutables,
                 "The number of executable files in the image is", figure);
    if (limits.noShell && !exposes.shell.empty())
        check.add("The image has a shell: " + exposes.shell + '.');
    if (limits.noPackageManager && !exposes.packageManager.empty())
        check.add("The image has a package manager: " + exposes.packageManager + '.');
    if (limits.noSetuid && exposes.setuid > 0)
        check.add("The image has " + figure(exposes.setuid) + (exposes.setuid == 1 ? " file" : " files")
                  + " with setuid or setgid.");
    if (limits.noRoot && isRoot(exposes.user))
        check.add("The image runs as root.");
    return check.take();
}

std::optional<std::uint64_t> parseBytes(std::string_view text)
{
    struct Unit
    {
        std::string_view name;
        double bytes;
    };
    static constexpr std::array<Unit, 14> units{{{"", 1},
                                                 {"b", 1},
                                                 {"k", 1e3},
                                                 {"kb", 1e3},
                                                 {"m", 1e6},
                                                 {"mb", 1e6},
                                                 {"g", 1e9},
                                                 {"gb", 1e9},
                                                 {"t", 1e12},
                                                 {"tb", 1e12},
                                                 {"kib", 1024.0},
                                                 {"mib", 1048576.0},
                                                 {"gib", 1073741824.0},
                                                 {"tib", 1099511627776.0}}};
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    double number = 0;
    const char *end = lower.data() + lower.size();
    const auto [rest, error] = std::from_chars(lower.data(), end, number, std::chars_format::fixed);
    if (error != std::errc() || !std::isfinite(number) || number < 0 || lower.front() == '-')
        return std::nullopt;
    std::string_view unit(rest, std::size_t(end - rest));
    if (unit.starts_with(' '))
        unit.remove_prefix(1);
    const auto *const found = std::ranges::find(units, unit, &Unit::name);
    if (found == units.end() || number * found->bytes >= 1.8e19)
        return std::nullopt;
    return static_cast<std::uint64_t>(std::llround(std::min(number * found->bytes, 9.2e18)));
}

} // namespace stagewright::engine
