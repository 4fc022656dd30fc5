// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/VariableWalk.h"
#include "semantics/Snapshot.h"

#include <QTest>

using namespace stagewright;

/// Writes "line KEYWORD A=value … (declared)" for each step, for the variables whose names have one letter.
class Recorder final : public WalkVisitor
{
public:
    std::string log;
    void visit(const WalkStep &step) override
    {
        log += std::to_string(step.location.firstLine) + (step.isTrigger() ? "t " : " ")
            + std::string(step.instruction.keyword);
        for (const std::string_view name : {"A", "B", "C"}) {
            if (const auto value = step.variables.find(name))
                log += " " + std::string(name) + "=" + std::string(*value);
            else if (step.declared.contains(name))
                log += " " + std::string(name);
        }
        log += step.workdir.empty() ? "\n" : " in " + std::string(step.workdir) + "\n";
    }
    void failed(const WalkStep &step, const Argument &argument, std::string) override
    {
        log += "failed " + std::string(step.instruction.keyword) + " " + std::string(argument.key) + "\n";
    }
};

class VariableWalkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void visits_data();
    void visits();
    void knowsGlobals();
};

void VariableWalkTest::visits_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("expected");
    QTest::newRow("in order") << std::string(
        "ARG A=g\nFROM x\nRUN r\nARG A\nARG B C=$A\nENV B=1 C=2\nENV C=$B$C\nWORKDIR w\nRUN r\n")
                              << std::string(
                                     "3 RUN\n4 ARG\n5 ARG A=g\n5 ARG A=g B\n6 ENV A=g B C=g\n7 ENV A=g B=1 C=2\n"
                                     "8 WORKDIR A=g B=1 C=12\n9 RUN A=g B=1 C=12 in /w\n");
    QTest::newRow("bases and siblings")
        << std::string(
               "FROM x AS a\nENV A=1\nWORKDIR /d\nFROM a AS b\nENV B=2\nFROM b\nRUN r\nFROM a\nRUN r\nFROM y\nRUN r\n")
        << std::string("2 ENV\n3 WORKDIR A=1\n5 ENV A=1 in /d\n7 RUN A=1 B=2 in /d\n9 RUN A=1 in /d\n11 RUN\n");
    QTest::newRow("triggers") << std::string("FROM x AS a\nONBUILD ENV A=1\nFROM a\nRUN r\n")
                              << std::string("2 ONBUILD\n3t ENV\n4 RUN A=1\n");
    QTest::newRow("errors") << std::string("FROM x\nENV A=${\nARG B=${\nRUN r\n")
                            << std::string("2 ENV\nfailed ENV A\n3 ARG\nfailed ARG B\n4 RUN B\n");
}

void VariableWalkTest::visits()
{
    QFETCH(std::string, text);
    QFETCH(std::string, expected);
    const auto snapshot = Snapshot::make(SourceText::fromBytes(text).value());
    Recorder recorder;
    const VariableTable globals = globalVariables(snapshot->tree(), snapshot->options(), {});
    walkVariables(snapshot->tree(), snapshot->graph().stages(), snapshot->options(), globals, recorder);
    QCOMPARE(recorder.log, expected);
}

void VariableWalkTest::knowsGlobals()
{
    AnalysisOptions options;
    options.platform = "linux/arm/v7";
    options.buildArgs = {{"B", "given"}, {"BUILDARCH", "riscv64"}};
    const SyntaxTree tree = SyntaxTree::parse(
        SourceText::fromBytes("ARG A=1\nARG B=$A C=$A-$TARGETVARIANT D\nFROM x\nARG E=1\n").value());
    const VariableTable globals = globalVariables(tree, options, "last");
    QCOMPARE(*globals.find("B"), "given");
    QCOMPARE(*globals.find("C"), "1-v7");
    QCOMPARE(*globals.find("TARGETPLATFORM"), "linux/arm/v7");
    QCOMPARE(*globals.find("BUILDPLATFORM"), "linux/amd64");
    QCOMPARE(*globals.find("BUILDARCH"), "riscv64");
    QCOMPARE(*globals.find("TARGETSTAGE"), "last");
    QVERIFY(!globals.find("D") && !globals.find("E"));
}

QTEST_GUILESS_MAIN(VariableWalkTest)
#include "VariableWalkTest.moc"
