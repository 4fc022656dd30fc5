// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QString>
#include <QStringList>

#include <cstdint>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace stagewright {

/// Everything that stops and asks. The window asks through this, so that tests (and one day other front ends)
/// answer without a dialog.
class Prompts
{
public:
    enum class Unsaved : std::uint8_t { Save, Discard, Cancel };

    virtual ~Prompts() = default;

    /// Files to open; empty: cancelled.
    virtual QStringList openFiles(QWidget *parent, const QString &folder) = 0;
    /// Where to save; empty: cancelled. The dialog asks before replacing a file.
    virtual QString saveFile(QWidget *parent, const QString &suggestion) = 0;
    /// Where to write a picture of the graph (.svg, .png or .pdf); empty: cancelled.
    virtual QString exportFile(QWidget *parent, const QString &suggestion) = 0;
    /// Where to save a copy of a file of an image; empty: cancelled. The dialog asks before replacing a file.
    virtual QString saveCopy(QWidget *parent, const QString &suggestion) = 0;
    /// @p names: the documents with changes, at least one.
    virtual Unsaved unsavedChanges(QWidget *parent, const QStringList &names) = 0;
    /// "Revert to the saved file?" and the like: true to go on.
    virtual bool confirm(QWidget *parent, const QString &question, const QString &detail, const QString &action) = 0;
    /// Hands a file to the program that edits files of its kind.
    virtual void openInEditor(const QString &path) = 0;
};

/// The real dialogs.
class DialogPrompts : public Prompts
{
public:
    QStringList openFiles(QWidget *parent, const QString &folder) override;
    QString saveFile(QWidget *parent, const QString &suggestion) override;
    QString exportFile(QWidget *parent, const QString &suggestion) override;
    QString saveCopy(QWidget *parent, const QString &suggestion) override;
    Unsaved unsavedChanges(QWidget *parent, const QStringList &names) override;
    bool confirm(QWidget *parent, const QString &question, const QString &detail, const QString &action) override;
    void openInEditor(const QString &path) override;
};

} // namespace stagewright
