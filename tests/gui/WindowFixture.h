// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "Actions.h"
#include "DocumentArea.h"
#include "DocumentController.h"
#include "DocumentPage.h"
#include "MainWindow.h"
#include "Panels.h"
#include "Prompts.h"
#include "Settings.h"
#include "StatusBar.h"
#include "building/EngineList.h"
#include "lint/Linter.h"
#include "theme/Theme.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <deque>
#include <memory>

namespace stagewright {

/// Answers what the test has put in; a question without an answer fails the test.
class ScriptedPrompts : public Prompts
{
public:
    std::deque<QStringList> opens;
    std::deque<QString> saves;
    std::deque<QString> exports;
    std::deque<Unsaved> unsaved;
    std::deque<bool> confirms;
    QStringList asked; ///< The names of the last unsavedChanges().

    QStringList openFiles(QWidget *, const QString &) override { return take(opens, "openFiles"); }
    QString saveFile(QWidget *, const QString &) override { return take(saves, "saveFile"); }
    QString exportFile(QWidget *, const QString &) override { return take(exports, "exportFile"); }
    Unsaved unsavedChanges(QWidget *, const QStringList &names) override
    {
        asked = names;
        return take(unsaved, "unsavedChanges");
    }
    bool confirm(QWidget *, const QString &, const QString &, const QString &) override
    {
        return take(confirms, "confirm");
    }

private:
    template <typename T> T take(std::deque<T> &answers, const char *question)
    {
        if (answers.empty()) {
            QTest::qFail(qPrintable(QStringLiteral("unexpected question: ") + QString::fromLatin1(question)), __FILE__,
                         __LINE__);
            return {};
        }
        T answer = answers.front();
        answers.pop_front();
        return answer;
    }
};

/// A real window with settings and data in a temporary folder.
struct WindowFixture
{
    WindowFixture()
    {
        theme.setMode(ThemeMode::Light);
        theme.setMotionEnabled(false);
        makeWindow();
    }
    void makeWindow()
    {
        window = std::make_unique<MainWindow>(
            Context{theme, linter, settings, prompts, folder.filePath(QStringLiteral("data")), engines});
        window->resize(1600, 1000);
        window->show();
        window->activateWindow();
    }
    QString write(const QString &name, const QByteArray &bytes) const
    {
        const QString path = folder.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
            QTest::qFail("cannot write the test's file", __FILE__, __LINE__);
        }
        return path;
    }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] DocumentPage *page() const { return window->currentPage(); }
    [[nodiscard]] QByteArray text() const
    {
        const std::string_view bytes = page()->session().snapshot()->text().bytes();
        return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
    }

    QTemporaryDir folder;
    Linter linter{Catalog::builtIn()};
    Theme theme;
    Settings settings{folder.filePath(QStringLiteral("settings.ini"))};
    ScriptedPrompts prompts;
    EngineList engines;
    std::unique_ptr<MainWindow> window;
};

} // namespace stagewright
