import JSON
import RuntimeHost

/// Publishes a question for each request.
struct AskingService: ServicePlugin {
  static let name = "asking"
  static let publishes: [any EventPayload.Type] = [QuestionAsked.self]

  init(configuration: ServiceConfiguration) {}

  func register(in service: inout ServiceRegistration) {
    service.routes { routes in
      routes.post(
        "/v1/questions",
        Operation(
          id: "ask", summary: "Ask", requestBody: .object(["text": .string()], required: ["text"]),
          responses: [.created: .json(.object(additional: .allowed))])
      ) { request, context in
        let text = try request.json()["text"]?.stringValue ?? ""
        let event = try await context.transaction { tx in
          try tx.publish(QuestionAsked(questionID: EventID.make(prefix: "q_"), text: text))
        }
        return .json(
          ["event_id": .string(event.id), "correlation_id": .string(context.correlationID)], status: .created)
      }
    }
  }
}

/// Answers each question, except a poisonous one.
struct AnsweringService: ServicePlugin {
  static let name = "answering"
  static let publishes: [any EventPayload.Type] = [AnswerGiven.self]

  init(configuration: ServiceConfiguration) {}

  func register(in service: inout ServiceRegistration) {
    service.on(QuestionAsked.self, name: "answer") { event, context in
      if event.payload.text == "poison" { throw PermanentFailure("poison cannot be answered") }
      try await context.transaction { tx in
        try tx.publish(AnswerGiven(questionID: event.payload.questionID, text: "re: \(event.payload.text)"))
      }
    }
  }
}

struct QuestionAsked: EventPayload {
  static let eventType: EventType = "asking.question.asked"
  static let schemaVersion = "1.0"
  static let schema = "{}"
  var questionID: String
  var text: String
  var aggregateID: String { questionID }
}

struct AnswerGiven: EventPayload {
  static let eventType: EventType = "answering.answer.given"
  static let schemaVersion = "1.0"
  static let schema = "{}"
  var questionID: String
  var text: String
  var aggregateID: String { questionID }
}

extension QuestionAsked {
  init(from reader: inout JSONReader) throws(JSONError) {
    let (questionID, text) = try readQuestion(&reader)
    self.init(questionID: questionID, text: text)
  }

  func write(to writer: inout JSONWriter) { writeQuestion(questionID, text, &writer) }
}

extension AnswerGiven {
  init(from reader: inout JSONReader) throws(JSONError) {
    let (questionID, text) = try readQuestion(&reader)
    self.init(questionID: questionID, text: text)
  }

  func write(to writer: inout JSONWriter) { writeQuestion(questionID, text, &writer) }
}

private func readQuestion(_ reader: inout JSONReader) throws(JSONError) -> (String, String) {
  var questionID: String?
  var text: String?
  let start = reader.offset
  try reader.readObject { (reader, key) throws(JSONError) in
    switch key {
    case "question_id": questionID = try reader.readString()
    case "text": text = try reader.readString()
    default: try reader.skipValue()
    }
  }
  guard let questionID else { throw .missingField("question_id", at: start) }
  guard let text else { throw .missingField("text", at: start) }
  return (questionID, text)
}

private func writeQuestion(_ questionID: String, _ text: String, _ writer: inout JSONWriter) {
  writer.beginObject()
  writer.key("question_id")
  writer.write(questionID)
  writer.key("text")
  writer.write(text)
  writer.endObject()
}
