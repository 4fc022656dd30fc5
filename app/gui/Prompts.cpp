// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Prompts.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>

namespace stagewright {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Prompts", text);
}

QString dockerfileFilter()
{
    return tr("Dockerfiles (Dockerfile Dockerfile.* *.Dockerfile *.dockerfile Containerfile Containerfile.*)")
        + QStringLiteral(";;") + tr("All files (*)");
}

} // namespace

QStringList DialogPrompts::openFiles(QWidget *parent, const QString &folder)
{
    return QFileDialog::getOpenFileNames(parent, tr("Open Dockerfiles"), folder, dockerfileFilter());
}

QString DialogPrompts::saveFile(QWidget *parent, const QString &suggestion)
{
    return QFileDialog::getSaveFileName(parent, tr("Save Dockerfile"), suggestion, dockerfileFilter());
}

QString DialogPrompts::exportFile(QWidget *parent, const QString &suggestion)
{
    return QFileDialog::getSaveFileName(parent, tr("Export the graph"), suggestion,
                                        tr("SVG picture (*.svg)") + QStringLiteral(";;") + tr("PNG picture (*.png)")
                                            + QStringLiteral(";;") + tr("PDF document (*.pdf)"));
}

QString DialogPrompts::saveCopy(QWidget *parent, const QString &suggestion)
{
    return QFileDialog::getSaveFileName(parent, tr("Save a copy"), suggestion);
}

Prompts::Unsaved DialogPrompts::unsavedChanges(QWidget *parent, const QStringList &names)
{
    QMessageBox box(parent);
    box.setWindowTitle(QStringLiteral("Stagewright"));
    box.setIcon(QMessageBox::NoIcon);
    if (names.size() == 1) {
        box.setText(QStringLiteral("<b>") + tr("Save the changes to %1?").arg(names.first().toHtmlEscaped())
                    + QStringLiteral("</b>"));
    } else {
        box.setText(QStringLiteral("<b>") + tr("Save the changes to %1 documents?").arg(names.size())
                    + QStringLiteral("</b><br>") + names.join(QStringLiteral(", ")).toHtmlEscaped());
    }
    box.setInformativeText(tr("What you changed is lost if you do not save it."));
    QPushButton *save = box.addButton(names.size() == 1 ? tr("Save") : tr("Save all"), QMessageBox::AcceptRole);
    QPushButton *discard = box.addButton(tr("Discard"), QMessageBox::DestructiveRole);
    QPushButton *cancel = box.addButton(tr("Cancel"), QMessageBox::RejectRole);
    box.setDefaultButton(save);
    box.setEscapeButton(cancel);
    box.exec();
    return box.clickedButton() == save   ? Unsaved::Save
        : box.clickedButton() == discard ? Unsaved::Discard
                                         : Unsaved::Cancel;
}

void DialogPrompts::openInEditor(const QString &path)
{
    QDesktopServices::openUrl(QUrl::fromLocalFile(path));
}

bool DialogPrompts::confirm(QWidget *parent, const QString &question, const QString &detail, const QString &action)
{
    QMessageBox box(parent);
    box.setWindowTitle(QStringLiteral("Stagewright"));
    box.setText(QStringLiteral("<b>") + question.toHtmlEscaped() + QStringLiteral("</b>"));
    box.setInformativeText(detail);
    QPushButton *go = box.addButton(action, QMessageBox::AcceptRole);
    QPushButton *cancel = box.addButton(tr("Cancel"), QMessageBox::RejectRole);
    box.setDefaultButton(cancel);
    box.setEscapeButton(cancel);
    box.exec();
    return box.clickedButton() == go;
}

} // namespace stagewright
