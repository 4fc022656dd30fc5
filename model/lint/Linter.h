// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"
#include "lint/Diagnostic.h"
#include "semantics/Snapshot.h"

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright {

struct Rule;

/// Runs every rule over a snapshot. Const and thread-safe; keeps a reference to the catalogue.
class Linter
{
public:
    explicit Linter(const Catalog &catalog)
        : m_catalog(catalog)
    {
    }

    /// Everything that is to be said: BuildKit's errors, its build checks, then our rules; sorted by line,
    /// then severity. Deterministic.
    [[nodiscard]] std::vector<Diagnostic> check(const Snapshot &snapshot) const;
    /// The fixes for one finding of the same snapshot, best first. May be empty.
    [[nodiscard]] std::vector<Fix> fixes(const Snapshot &snapshot, const Diagnostic &diagnostic) const;

    [[nodiscard]] const Catalog &catalog() const { return m_catalog; }
    /// The one table of rules (rules do not register themselves: the linker would drop them).
    [[nodiscard]] static std::span<const Rule *const> rules();

private:
    const Catalog &m_catalog;
};

} // namespace stagewright
