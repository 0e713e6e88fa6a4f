import GRDB

/// The tables of a study file.
enum StudySchema {
  /// SQLite's `application_id` of a study: "PhyR".
  static let applicationID = 0x5068_7952

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      try database.execute(literal: "PRAGMA application_id = \(sql: String(applicationID))")
      try database.create(table: "study") { table in
        table.primaryKey("id", .integer).check { $0 == 1 }
        table.column("question", .text).notNull()
        table.column("seed", .text).notNull()
        table.column("accessKey", .text).notNull()
        table.column("begun", .datetime).notNull()
      }
      try database.create(table: "clip", options: .withoutRowID) { table in
        table.primaryKey("id", .text)
        table.column("source", .text).notNull().unique()
        table.column("sha256", .text).notNull()
        table.column("added", .datetime).notNull()
      }
      try database.create(table: "rater") { table in
        table.autoIncrementedPrimaryKey("id")
        table.column("name", .text).notNull()
        table.column("key", .text).notNull().unique()
        table.column("joined", .datetime).notNull()
      }
      try database.create(table: "rating", options: .withoutRowID) { table in
        table.primaryKey {
          table.belongsTo("rater").notNull()
          table.belongsTo("clip").notNull()
        }
        table.column("answer", .text).notNull()
        table.column("seconds", .double).notNull()
        table.column("given", .datetime).notNull()
      }
      // Every answer ever given; `rating` holds the last one.
      try database.create(table: "history") { table in
        table.autoIncrementedPrimaryKey("id")
        table.belongsTo("rater").notNull()
        table.belongsTo("clip").notNull()
        table.column("answer", .text).notNull()
        table.column("seconds", .double).notNull()
        table.column("given", .datetime).notNull()
      }
    }
    return migrator
  }
}
