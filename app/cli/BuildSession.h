// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "BuildOptions.h"

#include "engine/BuildHistory.h"
#include "engine/BuildRun.h"
#include "engine/ImageReader.h"
#include "engine/SizeCollector.h"
#include "engine/StepMap.h"

#include <QObject>
#include <QThread>

#include <atomic>
#include <memory>
#include <optional>

namespace stagewright::cli {

/// One build from looking for an engine to the last figure. Everything happens in the event loop.
class BuildSession : public QObject
{
    Q_OBJECT
public:
    enum class Phase : std::uint8_t { Looking, Building, Measuring, Reading, Done };

    BuildSession(const BuildOptions &options, const BuildInput &input, QObject *parent = nullptr);
    ~BuildSession() override;

    void start();
    /// Once: what runs is asked to stop. finished() follows.
    void cancel();

    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] engine::BuildResult result() const { return m_result; }
    [[nodiscard]] bool wasCancelled() const { return m_cancelled; }
    /// nullopt: no engine was found.
    [[nodiscard]] const std::optional<engine::Engine> &engineUsed() const { return m_engine; }
    [[nodiscard]] const engine::BuildProgress &progress() const;
    [[nodiscard]] const engine::StepMap &steps() const { return m_steps; }
    [[nodiscard]] const engine::BuildReport &report() const { return m_report; }
    [[nodiscard]] QString error() const { return m_error; } ///< Why it did not start, or the engine's last words.
    [[nodiscard]] qint64 bytesRead() const { return m_bytesRead; }
    [[nodiscard]] int stagesMeasured() const { return m_measured; }
    /// The build before this one, and this one.
    [[nodiscard]] const std::optional<engine::BuildRecord> &before() const { return m_before; }
    [[nodiscard]] const engine::BuildRecord &record() const { return m_record; }

Q_SIGNALS:
    void progressed();
    void finished();

private:
    void chooseEngine();
    void build();
    void built(engine::BuildResult result);
    void measure();
    void readImage();
    void readBuilder();
    void tidy();
    void end();
    void setPhase(Phase phase);

    BuildOptions m_options;
    BuildInput m_input;
    engine::EngineFinder m_finder;
    std::optional<engine::Engine> m_engine;
    engine::StepMap m_steps;
    engine::BuildProgress m_nothing;
    std::unique_ptr<engine::BuildRun> m_run;
    std::unique_ptr<engine::SizeCollector> m_sizes;
    std::unique_ptr<engine::ImageReader> m_reader;
    std::optional<engine::ImageContents> m_contents;
    std::unique_ptr<QThread> m_lister;
    engine::ContextListing m_listing;
    std::atomic_bool m_stopListing = false;
    engine::BuildReport m_report;
    std::optional<engine::BuildRecord> m_before;
    engine::BuildRecord m_record;
    QString m_error;
    engine::BuildResult m_result = engine::BuildResult::NotStarted;
    Phase m_phase = Phase::Looking;
    qint64 m_bytesRead = 0;
    int m_measured = 0;
    bool m_cancelled = false;
};

} // namespace stagewright::cli
