// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/Mount.h"

#include "semantics/Values.h"
#include "semantics/Wording.h"
#include "syntax/CsvReader.h"

#include <algorithm>
#include <array>

namespace stagewright {

namespace {

constexpr std::array<std::string_view, 5> TypeNames{"bind", "cache", "tmpfs", "secret", "ssh"};
constexpr std::array<std::string_view, 3> SharingModes{"shared", "private", "locked"};
constexpr auto Keys = std::to_array<std::string_view>({"type", "from", "source", "target", "readonly", "id", "sharing",
                                                       "required", "size", "mode", "uid", "gid", "src", "dst",
                                                       "destination", "ro", "rw", "readwrite", "env"});

/// Reads the fields of one mount in order; what a key may be depends on the type seen so far.
class MountReader
{
public:
    MountReader(const WordExpander &expander, const Variables &variables, std::vector<VariableUse> *use)
        : m_expander(expander)
        , m_variables(variables)
        , m_use(use)
    {
    }

    std::expected<Mount, std::string> read(std::string_view flagValue)
    {
        std::string error;
        CsvReader fields(flagValue);
        while (fields.next()) {
            if (error.empty())
                error = add(fields.field());
        }
        if (!fields.error().empty())
            error = "failed to parse csv mounts: " + fields.error();
        if (error.empty())
            error = check();
        if (!error.empty())
            return std::unexpected(std::move(error));
        return std::move(m_mount);
    }

private:
    std::string add(std::string_view field);
    std::string addFlag(std::string_view key, std::string_view field);
    std::string addValue(std::string_view key, std::string value, std::string_view field);
    std::string addOwner(std::string_view key, std::string_view value);
    [[nodiscard]] std::string check() const;
    [[nodiscard]] std::string checkSecret() const;
    [[nodiscard]] bool hasRequired() const
    {
        return m_mount.type == MountType::Secret || m_mount.type == MountType::Ssh;
    }
    [[nodiscard]] std::string unexpectedKey(std::string_view key) const
    {
        return "unexpected key '" + std::string(key) + "' for mount type '" + std::string(mountTypeName(m_mount.type))
            + "'";
    }
    static std::string invalidValue(std::string_view key, std::string_view value)
    {
        return "invalid value for " + std::string(key) + ": " + std::string(value);
    }

    const WordExpander &m_expander;
    const Variables &m_variables;
    std::vector<VariableUse> *m_use;
    Mount m_mount;
    bool m_hasMode = false;
    bool m_hasUid = false;
    bool m_hasGid = false;
};

std::string MountReader::add(std::string_view field)
{
    const std::size_t equals = field.find('=');
    const std::string key = lowerCase(field.substr(0, equals));
    if (equals == std::string_view::npos)
        return addFlag(key, field);
    const std::string_view written = field.substr(equals + 1);
    if (m_expander.isPlain(written))
        return addValue(key, std::string(written), field);
    VariableUse *use = m_use ? &m_use->emplace_back() : nullptr;
    std::expected<std::string, std::string> value = m_expander.expand(written, m_variables, use);
    if (!value)
        return value.error();
    return addValue(key, std::move(*value), field);
}

std::string MountReader::addFlag(std::string_view key, std::string_view field)
{
    if (key == "readonly" || key == "ro" || key == "readwrite" || key == "rw")
        return {};
    if (key == "required")
        return hasRequired() ? std::string() : unexpectedKey(key);
    return "invalid field '" + std::string(field) + "' must be a key=value pair";
}

std::string MountReader::addValue(std::string_view key, std::string value, std::string_view field)
{
    if (key == "type") {
        const auto type = std::ranges::find(TypeNames, lowerCase(value));
        if (type == TypeNames.end())
            return "unsupported mount type " + quoted(value) + suggestion(value, TypeNames);
        m_mount.type = static_cast<MountType>(type - TypeNames.begin());
    } else if (key == "from") {
        m_mount.from = std::move(value);
    } else if (key == "source" || key == "src") {
        m_mount.source = std::move(value);
    } else if (key == "target" || key == "dst" || key == "destination") {
        m_mount.target = std::move(value);
    } else if (key == "readonly" || key == "ro" || key == "readwrite" || key == "rw") {
        return parseBoolean(value) ? std::string() : invalidValue(key, value);
    } else if (key == "required") {
        if (!hasRequired())
            return unexpectedKey(key);
        return parseBoolean(value) ? std::string() : invalidValue(key, value);
    } else if (key == "size") {
        if (m_mount.type != MountType::Tmpfs)
            return unexpectedKey(key);
        return isMemorySize(value) ? std::string() : invalidValue(key, value);
    } else if (key == "id") {
        m_mount.id = std::move(value);
    } else if (key == "sharing") {
        m_mount.sharing = lowerCase(value);
        if (!std::ranges::contains(SharingModes, m_mount.sharing))
            return "unsupported sharing value " + quoted(value) + suggestion(value, SharingModes);
    } else if (key == "mode" || key == "uid" || key == "gid") {
        return addOwner(key, value);
    } else if (key == "env") {
        m_mount.hasEnv = true;
    } else {
        return "unexpected key '" + std::string(key) + "' in '" + std::string(field) + "'" + suggestion(key, Keys);
    }
    return {};
}

std::string MountReader::addOwner(std::string_view key, std::string_view value)
{
    if (!parseUnsigned(value, key == "mode" ? 8 : 10, 0xffffffffu))
        return "invalid value " + std::string(value) + " for " + std::string(key);
    (key == "mode" ? m_hasMode : key == "uid" ? m_hasUid : m_hasGid) = true;
    return {};
}

std::string MountReader::check() const
{
    const bool ownerAllowed = hasRequired() || m_mount.type == MountType::Cache;
    const std::string type(mountTypeName(m_mount.type));
    if (!ownerAllowed && (m_hasMode || m_hasUid || m_hasGid))
        return std::string(m_hasMode      ? "mode"
                               : m_hasUid ? "uid"
                                          : "gid")
            + " not allowed for " + quoted(type) + " type mounts";
    if (m_mount.type == MountType::Secret) {
        if (std::string error = checkSecret(); !error.empty())
            return error;
    }
    if (!m_mount.sharing.empty() && m_mount.type != MountType::Cache)
        return "invalid cache sharing set for " + type + " mount";
    return {};
}

std::string MountReader::checkSecret() const
{
    if (!m_mount.from.empty())
        return "secret mount should not have a from";
    if (!m_mount.sharing.empty())
        return "secret mount should not define sharing";
    if (m_mount.source.empty() && m_mount.target.empty() && m_mount.id.empty())
        return "invalid secret mount. one of source, target required";
    if (!m_mount.source.empty() && !m_mount.id.empty())
        return "both source and id can't be set";
    return {};
}

} // namespace

std::string_view mountTypeName(MountType type)
{
    return TypeNames[static_cast<std::size_t>(type)];
}

MountFrom mountFrom(std::string_view flagValue)
{
    MountFrom from;
    CsvReader fields(flagValue);
    while (fields.next()) {
        const std::size_t equals = fields.field().find('=');
        if (equals == std::string_view::npos || !equalsIgnoringCase(fields.field().substr(0, equals), "from"))
            continue;
        from.value = fields.field().substr(equals + 1);
        from.begin = fields.begin() == std::string_view::npos ? fields.begin() : fields.begin() + equals + 1;
    }
    return fields.error().empty() ? from : MountFrom();
}

std::expected<Mount, std::string> parseMount(std::string_view flagValue, const WordExpander &expander,
                                             const Variables &variables, std::vector<VariableUse> *use)
{
    return MountReader(expander, variables, use).read(flagValue);
}

} // namespace stagewright
