/**
 * {@code penstock flags}: evaluates cases from a file, and explains one answer.
 * <p>
 * Both use the client's own parser, compiler and evaluator; nothing here decides a flag. {@code RecordFile} and {@code
 * RecordReader} read the files, {@code DefinitionsLibrary} compiles each definitions record once, {@code CaseEvaluator}
 * answers cases for {@code AnswerPrinter} or {@code AnswerCheck}. {@code TraceRecorder} turns the evaluator's trace into
 * steps, {@code Conclusion} and {@code Causes} put them into a sentence, {@code ExplanationText} and {@code
 * ExplanationJson} show them all. Any file may be gzip.
 */
package dev.penstock.cli.flags;
