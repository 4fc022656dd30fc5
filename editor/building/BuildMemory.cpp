// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "building/BuildMemory.h"

#include "building/BuildController.h"
#include "engine/BuildReport.h"

#include <QDateTime>

#include <algorithm>

namespace stagewright {

BuildMemory::BuildMemory()
{
    m_worker.setMaxThreadCount(1);
}

BuildMemory::~BuildMemory()
{
    if (m_listing)
        m_listing->stop = true;
    m_worker.waitForDone();
}

void BuildMemory::begin(const QString &folder, const std::optional<std::string> &ignoreFile)
{
    if (m_listing)
        m_listing->stop = true; // of the build before
    m_listing.reset();
    m_misses.clear();
    if (folder.isEmpty() || folder.contains(QLatin1StringView("://")))
        return;
    m_listing = std::make_shared<Listing>();
    m_worker.start([listing = m_listing, path = folder.toStdString(), ignoreFile] {
        listing->files = engine::listContext(path, ignoreFile, &listing->stop);
        listing->done = true;
    });
}

void BuildMemory::recall(const engine::BuildRecord &record)
{
    if (!m_last || m_last->when < record.when)
        m_last = record;
}

engine::ContextListing BuildMemory::context() const
{
    if (m_listing && m_listing->done)
        return m_listing->files;
    engine::ContextListing none;
    none.complete = false;
    return none;
}

void BuildMemory::end(const BuildController &builds)
{
    const engine::BuildReport report = engine::makeReport(builds.engine(), builds.image(), builds.progress(),
                                                          *builds.steps(), engine::StageSizes(), nullptr);
    engine::BuildRecord record = engine::makeRecord(report, *builds.snapshot(), builds.request(), *builds.result(),
                                                    context(), QDateTime::currentMSecsSinceEpoch());
    m_before = std::exchange(m_last, std::nullopt);
    m_misses = engine::explainMisses(*builds.snapshot(), report, before(), record);
    m_last = std::move(record);
}

QString BuildMemory::missOf(InstructionId built) const
{
    const auto found = std::ranges::find(m_misses, built, &engine::CacheMiss::instruction);
    return found == m_misses.end() || found->reason == engine::MissReason::FirstBuild
        ? QString()
        : QString::fromStdString(found->text);
}

} // namespace stagewright
