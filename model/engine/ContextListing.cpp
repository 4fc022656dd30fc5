// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/ContextListing.h"

#include "semantics/IgnorePatterns.h"
#include "semantics/Mount.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <ranges>

namespace stagewright::engine {

namespace {

namespace fs = std::filesystem;

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r";
    const std::size_t begin = text.find_first_not_of(blanks);
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// The lines of a .dockerignore in order: the last that matches a path decides.
class Ignored
{
public:
    explicit Ignored(std::string_view content)
    {
        while (!content.empty()) {
            const std::size_t end = content.find('\n');
            std::string_view line = trimmed(content.substr(0, end));
            content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
            const bool exception = line.starts_with('!');
            if (exception)
                line = trimmed(line.substr(1));
            m_exceptions = m_exceptions || exception;
            m_lines.emplace_back(exception, IgnorePatterns(line));
        }
    }
    [[nodiscard]] bool operator()(std::string_view path) const
    {
        bool ignored = false;
        for (const auto &[exception, patterns] : m_lines) {
            if (ignored == exception && !patterns.isEmpty() && !patterns.leavesOut(path).empty())
                ignored = !exception;
        }
        return ignored;
    }
    /// Something in a folder that is left out may be let in again.
    [[nodiscard]] bool hasExceptions() const { return m_exceptions; }

private:
    std::vector<std::pair<bool, IgnorePatterns>> m_lines;
    bool m_exceptions = false;
};

std::int64_t millisecondsOf(fs::file_time_type time)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

/// Whether the source of a COPY or a mount, relative to the context, is @p path or a folder that holds it.
bool covers(std::string_view source, std::string_view path)
{
    while (source.starts_with('/') || source.starts_with("./"))
        source.remove_prefix(source.starts_with('/') ? 1 : 2);
    while (source.ends_with('/'))
        source.remove_suffix(1);
    // What a variable stands for is not looked up: it may be this path.
    if (source.empty() || source == "." || source.find('$') != std::string_view::npos)
        return true;
    return !IgnorePatterns(source).leavesOut(path).empty();
}

class NoVariables final : public Variables
{
public:
    [[nodiscard]] std::optional<std::string_view> find(std::string_view) const override { return std::nullopt; }
};

} // namespace

ContextListing listContext(const std::string &folder, const std::optional<std::string> &ignoreFile,
                           const std::atomic_bool *stop)
{
    ContextListing listing;
    const Ignored ignored(ignoreFile.value_or(std::string()));
    std::error_code error;
    const fs::path root(folder);
    fs::recursive_directory_iterator it(root, fs::directory_options::skip_permission_denied, error);
    for (; !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
        if (stop && *stop) {
            listing.complete = false;
            return listing;
        }
        const std::string path = it->path().lexically_relative(root).generic_string();
        std::error_code ignoredError;
        const bool isFolder = it->is_directory(ignoredError) && !it->is_symlink(ignoredError);
        if (ignored(path)) {
            if (isFolder && !ignored.hasExceptions())
                it.disable_recursion_pending();
            continue;
        }
        if (isFolder)
            continue;
        if (listing.files.size() == ContextListing::MaximumFiles) {
            listing.complete = false;
            return listing;
        }
        ContextListing::Stamp stamp;
        if (it->is_regular_file(ignoredError) && !it->is_symlink(ignoredError)) {
            stamp.bytes = it->file_size(ignoredError);
            stamp.modified = millisecondsOf(it->last_write_time(ignoredError));
        }
        listing.files.emplace(path, stamp);
    }
    listing.complete = !error;
    return listing;
}

std::vector<std::string> changedFiles(const ContextListing &before, const ContextListing &after)
{
    std::vector<std::string> result;
    // Of a listing that is cut off nobody knows what is missing in it.
    for (const auto &[path, stamp] : before.files) {
        if (after.complete && !after.files.contains(path))
            result.push_back(path);
    }
    for (const auto &[path, stamp] : after.files) {
        const auto found = before.files.find(path);
        if (found == before.files.end() ? before.complete : found->second != stamp)
            result.push_back(path);
    }
    std::ranges::sort(result);
    return result;
}

bool readsFromContext(const Instruction &instruction, std::string_view path)
{
    if (instruction.kind == InstructionKind::Copy || instruction.kind == InstructionKind::Add) {
        if (instruction.flag("from") || instruction.args.size() < 2)
            return false;
        const auto sources = instruction.args.first(instruction.args.size() - 1);
        return std::ranges::any_of(sources, [&](const Argument &source) {
            return !source.value.starts_with("<<") && source.value.find("://") == std::string_view::npos
                && covers(source.value, path);
        });
    }
    if (instruction.kind != InstructionKind::Run)
        return false;
    return std::ranges::any_of(instruction.flags, [&](const Flag &flag) {
        if (flag.name != "mount" || !mountFrom(flag.value).value.empty())
            return false;
        const auto mount = parseMount(flag.value, WordExpander('\\'), NoVariables());
        return mount && mount->type == MountType::Bind && covers(mount->source, path);
    });
}

} // namespace stagewright::engine
