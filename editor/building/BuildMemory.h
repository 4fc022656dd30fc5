// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildComparison.h"
#include "engine/BuildHistory.h"

#include <QString>
#include <QThreadPool>

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

namespace stagewright {

class BuildController;

/// The last two builds of a document, to say why steps ran again and whether it got faster. What was before the program
/// was started comes from the history of the file; see recall().
class BuildMemory
{
public:
    BuildMemory();
    ~BuildMemory();
    BuildMemory(const BuildMemory &) = delete;
    BuildMemory &operator=(const BuildMemory &) = delete;

    /// A build begins: looks at the files of its context, on another thread. "" or an address: at none.
    void begin(const QString &folder, const std::optional<std::string> &ignoreFile);
    /// The build before the one that begins, as the history of the file has it. One of this session counts when it is
    /// newer: its record may not have been written yet.
    void recall(const engine::BuildRecord &record);
    /// It has ended, well or not; @p builds still has everything of it.
    void end(const BuildController &builds);

    /// The build before the last one; null: there was none.
    [[nodiscard]] const engine::BuildRecord *before() const { return m_before ? &*m_before : nullptr; }
    [[nodiscard]] const engine::BuildRecord *last() const { return m_last ? &*m_last : nullptr; }
    /// The files of the context as they were when the build began; incomplete, and empty, until they have been read.
    [[nodiscard]] engine::ContextListing context() const;
    /// Why an instruction of the last build did not come from the cache: a sentence, or "" when it did, when it takes
    /// no step, and when there is nothing to compare with.
    [[nodiscard]] QString missOf(InstructionId built) const;

private:
    struct Listing
    {
        engine::ContextListing files;
        std::atomic_bool stop = false;
        std::atomic_bool done = false;
    };
    QThreadPool m_worker;
    std::shared_ptr<Listing> m_listing;
    std::optional<engine::BuildRecord> m_last;
    std::optional<engine::BuildRecord> m_before;
    std::vector<engine::CacheMiss> m_misses;
};

} // namespace stagewright
