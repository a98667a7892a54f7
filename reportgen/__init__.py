"""reportgen: 由 Excel 数据和 Word、Excel 模板生成综述等文稿，印出的每个数都能追到单元格。"""

__version__ = "0.1.0"
