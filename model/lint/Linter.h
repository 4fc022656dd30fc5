// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"
#include "lint/Diagnostic.h"
#include "lint/LintConfig.h"
#include "semantics/Snapshot.h"

#include <cstddef>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stagewright {

struct Rule;
class Linter;

/// Finds the fixes of any number of findings of one snapshot: what that takes is worked out once. For one thread.
/// The linter and the snapshot have to live longer.
class FixFinder
{
public:
    /// In a file with more findings than anyone reads, reports give the fixes of the first so many.
    static constexpr std::size_t MostReported = 500;

    FixFinder(const Linter &linter, const Snapshot &snapshot);
    ~FixFinder();
    FixFinder(const FixFinder &) = delete;
    FixFinder &operator=(const FixFinder &) = delete;

    /// The fixes for one finding, best first. May be empty.
    [[nodiscard]] std::vector<Fix> fixes(const Diagnostic &diagnostic);

private:
    struct Data;
    const Linter &m_linter;
    const Snapshot &m_snapshot;
    std::unique_ptr<Data> d; ///< Made at the first question.
};

/// Runs every rule over a snapshot. A value: catalogue and configuration are its own (both cheap to copy). Const use is
/// thread-safe.
class Linter
{
public:
    explicit Linter(Catalog catalog, LintConfig config = {})
        : m_catalog(std::move(catalog))
        , m_config(std::move(config))
    {
    }

    /// Everything that is to be said: BuildKit's errors, its build checks, then our rules; sorted by line,
    /// then severity. Deterministic.
    [[nodiscard]] std::vector<Diagnostic> check(const Snapshot &snapshot) const;
    /// The fixes for one finding of the same snapshot, best first; FixFinder is for more than one. May be empty.
    [[nodiscard]] std::vector<Fix> fixes(const Snapshot &snapshot, const Diagnostic &diagnostic) const;

    [[nodiscard]] const Catalog &catalog() const { return m_catalog; }
    [[nodiscard]] const LintConfig &config() const { return m_config; }
    /// The one table of rules (rules do not register themselves: the linker would drop them).
    [[nodiscard]] static std::span<const Rule *const> rules();

private:
    [[nodiscard]] bool isOff(const Rule &rule) const;

    Catalog m_catalog;
    LintConfig m_config;
};

} // namespace stagewright
