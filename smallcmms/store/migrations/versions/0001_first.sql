CREATE TABLE asset_class (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	hazards VARCHAR NOT NULL, 
	problem_codes JSON NOT NULL, 
	expected_life_years INTEGER, 
	custom_fields JSON NOT NULL, 
	archived_on DATE, 
	CONSTRAINT uq_asset_class_name UNIQUE (name)
)

CREATE TABLE attachment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	record VARCHAR NOT NULL, 
	record_id INTEGER NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	name VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	added_at DATETIME NOT NULL, 
	archived_on DATE
)

CREATE INDEX ix_attachment_hash ON attachment (hash)

CREATE INDEX ix_attachment_record_record_id ON attachment (record, record_id)

CREATE TABLE choice (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	sequence INTEGER NOT NULL, 
	archived_on DATE, 
	CONSTRAINT uq_choice_kind_code UNIQUE (kind, code)
)

CREATE TABLE customer (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	number VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	bill_to VARCHAR NOT NULL, 
	terms_days INTEGER, 
	tax_profile VARCHAR(24) NOT NULL, 
	exemption_certificate VARCHAR NOT NULL, 
	is_po_required BOOLEAN NOT NULL, 
	not_to_exceed INTEGER, 
	language VARCHAR NOT NULL, 
	notes VARCHAR NOT NULL, 
	merged_into_id INTEGER, 
	archived_on DATE, 
	CONSTRAINT uq_customer_number UNIQUE (number), 
	CONSTRAINT fk_customer_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES customer (id)
)

CREATE INDEX ix_customer_merged_into_id ON customer (merged_into_id)

CREATE INDEX ix_customer_name ON customer (name)

CREATE TABLE draft (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	content JSON NOT NULL, 
	kept_at DATETIME NOT NULL, 
	CONSTRAINT uq_draft_kind_subject UNIQUE (kind, subject)
)

CREATE TABLE event (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	record VARCHAR NOT NULL, 
	record_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	was VARCHAR NOT NULL, 
	now VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	"values" JSON NOT NULL, 
	happened_at DATETIME NOT NULL, 
	recorded_at DATETIME NOT NULL
)

CREATE INDEX ix_event_record_record_id ON event (record, record_id)

CREATE TABLE history (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	way VARCHAR NOT NULL, 
	label VARCHAR NOT NULL, 
	"values" JSON NOT NULL, 
	record VARCHAR NOT NULL, 
	record_id INTEGER
)

CREATE TABLE import_batch (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	counts JSON NOT NULL
)

CREATE TABLE job_template (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	safety JSON NOT NULL, 
	planned_minutes INTEGER, 
	flat_price INTEGER, 
	archived_on DATE, 
	CONSTRAINT uq_job_template_name UNIQUE (name)
)

CREATE TABLE label_sheet (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	page_width INTEGER NOT NULL, 
	page_height INTEGER NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	pitch_x INTEGER NOT NULL, 
	pitch_y INTEGER NOT NULL, 
	"left" INTEGER NOT NULL, 
	top INTEGER NOT NULL, 
	columns INTEGER NOT NULL, 
	rows INTEGER NOT NULL, 
	is_round BOOLEAN NOT NULL, 
	archived_on DATE, 
	CONSTRAINT ck_label_sheet_grid CHECK (columns >= 1 AND rows >= 1), 
	CONSTRAINT ck_label_sheet_label CHECK (width > 0 AND height > 0)
)

CREATE TABLE level (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	text VARCHAR NOT NULL, 
	answer_minutes INTEGER, 
	answer_workdays INTEGER
)

CREATE TABLE number_gap (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind VARCHAR NOT NULL, 
	first INTEGER NOT NULL, 
	last INTEGER NOT NULL, 
	reason VARCHAR NOT NULL
)

CREATE TABLE number_series (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind VARCHAR NOT NULL, 
	prefix VARCHAR NOT NULL, 
	digits INTEGER NOT NULL, 
	first INTEGER NOT NULL, 
	next INTEGER NOT NULL, 
	CONSTRAINT uq_number_series_kind UNIQUE (kind)
)

CREATE TABLE setting (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	value JSON NOT NULL, 
	CONSTRAINT uq_setting_name UNIQUE (name)
)

CREATE TABLE shop (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	tagline VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	city VARCHAR NOT NULL, 
	phone VARCHAR NOT NULL, 
	email VARCHAR NOT NULL, 
	logo_hash VARCHAR, 
	tax_id VARCHAR NOT NULL, 
	code VARCHAR(4) NOT NULL, 
	currency VARCHAR(3) NOT NULL, 
	locale VARCHAR NOT NULL, 
	zone VARCHAR NOT NULL, 
	paper VARCHAR NOT NULL, 
	hours JSON NOT NULL, 
	holidays JSON NOT NULL, 
	terms_days INTEGER NOT NULL, 
	is_tax_included BOOLEAN NOT NULL, 
	travel_is_billed BOOLEAN NOT NULL, 
	invoice_footer VARCHAR NOT NULL, 
	payment_note VARCHAR NOT NULL, 
	CONSTRAINT ck_shop_one CHECK (id = 1)
)

CREATE TABLE stock_location (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	parent_id INTEGER, 
	archived_on DATE, 
	CONSTRAINT uq_stock_location_name UNIQUE (name), 
	CONSTRAINT fk_stock_location_parent_id FOREIGN KEY(parent_id) REFERENCES stock_location (id)
)

CREATE INDEX ix_stock_location_parent_id ON stock_location (parent_id)

CREATE TABLE supplier (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	phone VARCHAR NOT NULL, 
	email VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	account VARCHAR NOT NULL, 
	notes VARCHAR NOT NULL, 
	archived_on DATE, 
	CONSTRAINT uq_supplier_name UNIQUE (name)
)

CREATE TABLE tax (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	percent INTEGER NOT NULL, 
	from_on DATE NOT NULL, 
	line_kinds JSON NOT NULL, 
	archived_on DATE
)

CREATE TABLE triage_fact (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	code VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	short VARCHAR NOT NULL, 
	sequence INTEGER NOT NULL, 
	archived_on DATE, 
	CONSTRAINT uq_triage_fact_code UNIQUE (code)
)

CREATE TABLE triage_rule (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	facts JSON NOT NULL, 
	level INTEGER NOT NULL, 
	sequence INTEGER NOT NULL, 
	archived_on DATE
)

CREATE TABLE undo_step (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	way VARCHAR NOT NULL, 
	label VARCHAR NOT NULL, 
	"values" JSON NOT NULL, 
	is_barrier BOOLEAN NOT NULL, 
	record VARCHAR NOT NULL, 
	record_id INTEGER, 
	operations JSON NOT NULL
)

CREATE INDEX ix_undo_step_way ON undo_step (way)

CREATE TABLE follow_up (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	rule VARCHAR(24) NOT NULL, 
	record VARCHAR NOT NULL, 
	record_id INTEGER NOT NULL, 
	occasion VARCHAR NOT NULL, 
	customer_id INTEGER, 
	due_on DATE NOT NULL, 
	put_off_until DATE, 
	value INTEGER, 
	outcome VARCHAR NOT NULL, 
	done_on DATE, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT uq_follow_up_rule_record_record_id_occasion UNIQUE (rule, record, record_id, occasion), 
	CONSTRAINT fk_follow_up_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id)
)

CREATE INDEX ix_follow_up_customer_id ON follow_up (customer_id)

CREATE INDEX ix_follow_up_open ON follow_up (due_on) WHERE done_on IS NULL

CREATE TABLE part (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	number VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	purchase_unit VARCHAR NOT NULL, 
	purchase_factor INTEGER, 
	barcode VARCHAR NOT NULL, 
	supplier_id INTEGER, 
	supplier_number VARCHAR NOT NULL, 
	cost INTEGER NOT NULL, 
	price INTEGER, 
	markup INTEGER, 
	is_taxable BOOLEAN NOT NULL, 
	keep INTEGER, 
	order_up_to INTEGER, 
	safety_stock INTEGER, 
	lead_days INTEGER, 
	bin VARCHAR NOT NULL, 
	superseded_by_id INTEGER, 
	notes VARCHAR NOT NULL, 
	archived_on DATE, 
	CONSTRAINT uq_part_number UNIQUE (number), 
	CONSTRAINT fk_part_supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id), 
	CONSTRAINT fk_part_superseded_by_id FOREIGN KEY(superseded_by_id) REFERENCES part (id)
)

CREATE INDEX ix_part_name ON part (name)

CREATE INDEX ix_part_superseded_by_id ON part (superseded_by_id)

CREATE INDEX ix_part_supplier_id ON part (supplier_id)

CREATE TABLE payment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	customer_id INTEGER NOT NULL, 
	received_on DATE NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	amount INTEGER NOT NULL, 
	method VARCHAR(24) NOT NULL, 
	reference VARCHAR NOT NULL, 
	CONSTRAINT fk_payment_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id)
)

CREATE INDEX ix_payment_customer_id ON payment (customer_id)

CREATE INDEX ix_payment_received_on ON payment (received_on)

CREATE TABLE purchase_order (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	number VARCHAR NOT NULL, 
	supplier_id INTEGER NOT NULL, 
	status VARCHAR(24) NOT NULL, 
	made_at DATETIME NOT NULL, 
	ordered_on DATE, 
	promised_on DATE, 
	received_on DATE, 
	reference VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	cancel_reason VARCHAR NOT NULL, 
	CONSTRAINT uq_purchase_order_number UNIQUE (number), 
	CONSTRAINT fk_purchase_order_supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id)
)

CREATE INDEX ix_purchase_order_open ON purchase_order (promised_on) WHERE status IN ('draft', 'ordered', 'part_received')

CREATE INDEX ix_purchase_order_supplier_id ON purchase_order (supplier_id)

CREATE TABLE rate (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind VARCHAR(24) NOT NULL, 
	customer_id INTEGER, 
	price INTEGER NOT NULL, 
	from_on DATE NOT NULL, 
	CONSTRAINT fk_rate_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id)
)

CREATE INDEX ix_rate_customer_id ON rate (customer_id)

CREATE TABLE site (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	customer_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	city VARCHAR NOT NULL, 
	zone VARCHAR NOT NULL, 
	access_notes VARCHAR NOT NULL, 
	access_code VARCHAR NOT NULL, 
	hazards VARCHAR NOT NULL, 
	latitude VARCHAR NOT NULL, 
	longitude VARCHAR NOT NULL, 
	archived_on DATE, 
	CONSTRAINT fk_site_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id)
)

CREATE INDEX ix_site_customer_id ON site (customer_id)

CREATE TABLE stock_count (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	number VARCHAR NOT NULL, 
	location_id INTEGER NOT NULL, 
	status VARCHAR(24) NOT NULL, 
	counted_by VARCHAR NOT NULL, 
	begun_at DATETIME NOT NULL, 
	printed_at DATETIME, 
	document_hash VARCHAR, 
	counted_at DATETIME, 
	ended_at DATETIME, 
	CONSTRAINT uq_stock_count_number UNIQUE (number), 
	CONSTRAINT fk_stock_count_location_id FOREIGN KEY(location_id) REFERENCES stock_location (id)
)

CREATE INDEX ix_stock_count_location_id ON stock_count (location_id)

CREATE TABLE technician (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	initials VARCHAR NOT NULL, 
	trades JSON NOT NULL, 
	phone VARCHAR NOT NULL, 
	email VARCHAR NOT NULL, 
	truck_id INTEGER, 
	cost_rate INTEGER, 
	bill_rate INTEGER, 
	weekly_minutes INTEGER NOT NULL, 
	absences JSON NOT NULL, 
	sheet_language VARCHAR NOT NULL, 
	archived_on DATE, 
	CONSTRAINT fk_technician_truck_id FOREIGN KEY(truck_id) REFERENCES stock_location (id)
)

CREATE INDEX ix_technician_truck_id ON technician (truck_id)

CREATE TABLE template_task (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	job_template_id INTEGER NOT NULL, 
	section VARCHAR NOT NULL, 
	sequence INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	unit VARCHAR NOT NULL, 
	low INTEGER, 
	high INTEGER, 
	choices JSON NOT NULL, 
	is_required BOOLEAN NOT NULL, 
	is_hazard BOOLEAN NOT NULL, 
	CONSTRAINT fk_template_task_job_template_id FOREIGN KEY(job_template_id) REFERENCES job_template (id)
)

CREATE INDEX ix_template_task_job_template_id ON template_task (job_template_id)

CREATE TABLE contact (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	customer_id INTEGER NOT NULL, 
	site_id INTEGER, 
	name VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	phone VARCHAR NOT NULL, 
	phone_digits VARCHAR NOT NULL, 
	mobile VARCHAR NOT NULL, 
	mobile_digits VARCHAR NOT NULL, 
	email VARCHAR NOT NULL, 
	archived_on DATE, 
	CONSTRAINT fk_contact_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_contact_site_id FOREIGN KEY(site_id) REFERENCES site (id)
)

CREATE INDEX ix_contact_customer_id ON contact (customer_id)

CREATE INDEX ix_contact_mobile_digits ON contact (mobile_digits)

CREATE INDEX ix_contact_phone_digits ON contact (phone_digits)

CREATE INDEX ix_contact_site_id ON contact (site_id)

CREATE TABLE location (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	site_id INTEGER NOT NULL, 
	parent_id INTEGER, 
	name VARCHAR NOT NULL, 
	path VARCHAR NOT NULL, 
	archived_on DATE, 
	CONSTRAINT fk_location_site_id FOREIGN KEY(site_id) REFERENCES site (id), 
	CONSTRAINT fk_location_parent_id FOREIGN KEY(parent_id) REFERENCES location (id)
)

CREATE INDEX ix_location_parent_id ON location (parent_id)

CREATE INDEX ix_location_site_id ON location (site_id)

CREATE TABLE part_par (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	part_id INTEGER NOT NULL, 
	location_id INTEGER NOT NULL, 
	quantity INTEGER NOT NULL, 
	CONSTRAINT uq_part_par_part_id_location_id UNIQUE (part_id, location_id), 
	CONSTRAINT fk_part_par_part_id FOREIGN KEY(part_id) REFERENCES part (id), 
	CONSTRAINT fk_part_par_location_id FOREIGN KEY(location_id) REFERENCES stock_location (id)
)

CREATE INDEX ix_part_par_location_id ON part_par (location_id)

CREATE INDEX ix_part_par_part_id ON part_par (part_id)

CREATE TABLE template_part (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	job_template_id INTEGER NOT NULL, 
	part_id INTEGER NOT NULL, 
	quantity INTEGER NOT NULL, 
	sequence INTEGER NOT NULL, 
	CONSTRAINT fk_template_part_job_template_id FOREIGN KEY(job_template_id) REFERENCES job_template (id), 
	CONSTRAINT fk_template_part_part_id FOREIGN KEY(part_id) REFERENCES part (id)
)

CREATE INDEX ix_template_part_job_template_id ON template_part (job_template_id)

CREATE INDEX ix_template_part_part_id ON template_part (part_id)

CREATE TABLE asset (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	number VARCHAR NOT NULL, 
	short_code VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	asset_class_id INTEGER, 
	site_id INTEGER NOT NULL, 
	location_id INTEGER, 
	parent_id INTEGER, 
	own_tag VARCHAR NOT NULL, 
	make VARCHAR NOT NULL, 
	model VARCHAR NOT NULL, 
	serial VARCHAR NOT NULL, 
	nameplate VARCHAR NOT NULL, 
	criticality VARCHAR(24), 
	status VARCHAR(24) NOT NULL, 
	installed_on DATE, 
	expected_life_years INTEGER, 
	replacement_cost INTEGER, 
	owner VARCHAR(24) NOT NULL, 
	lock_out_energies VARCHAR NOT NULL, 
	lock_out_steps JSON NOT NULL, 
	custom_values JSON NOT NULL, 
	notes VARCHAR NOT NULL, 
	is_stub BOOLEAN NOT NULL, 
	missing_on DATE, 
	archived_on DATE, 
	CONSTRAINT uq_asset_number UNIQUE (number), 
	CONSTRAINT fk_asset_asset_class_id FOREIGN KEY(asset_class_id) REFERENCES asset_class (id), 
	CONSTRAINT fk_asset_site_id FOREIGN KEY(site_id) REFERENCES site (id), 
	CONSTRAINT fk_asset_location_id FOREIGN KEY(location_id) REFERENCES location (id), 
	CONSTRAINT fk_asset_parent_id FOREIGN KEY(parent_id) REFERENCES asset (id)
)

CREATE INDEX ix_asset_asset_class_id ON asset (asset_class_id)

CREATE INDEX ix_asset_location_id ON asset (location_id)

CREATE INDEX ix_asset_name ON asset (name)

CREATE INDEX ix_asset_parent_id ON asset (parent_id)

CREATE INDEX ix_asset_site_id ON asset (site_id)

CREATE TABLE asset_audit (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	number VARCHAR NOT NULL, 
	site_id INTEGER NOT NULL, 
	location_id INTEGER, 
	status VARCHAR(24) NOT NULL, 
	walked_by VARCHAR NOT NULL, 
	walked_on DATE, 
	begun_at DATETIME NOT NULL, 
	printed_at DATETIME, 
	document_hash VARCHAR, 
	done_at DATETIME, 
	CONSTRAINT uq_asset_audit_number UNIQUE (number), 
	CONSTRAINT fk_asset_audit_site_id FOREIGN KEY(site_id) REFERENCES site (id), 
	CONSTRAINT fk_asset_audit_location_id FOREIGN KEY(location_id) REFERENCES location (id)
)

CREATE INDEX ix_asset_audit_location_id ON asset_audit (location_id)

CREATE INDEX ix_asset_audit_site_id ON asset_audit (site_id)

CREATE TABLE contact_log (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	customer_id INTEGER NOT NULL, 
	contact_id INTEGER, 
	how VARCHAR(24) NOT NULL, 
	said VARCHAR NOT NULL, 
	happened_at DATETIME NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	CONSTRAINT fk_contact_log_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_contact_log_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id)
)

CREATE INDEX ix_contact_log_contact_id ON contact_log (contact_id)

CREATE INDEX ix_contact_log_customer_id_happened_at ON contact_log (customer_id, happened_at)

CREATE TABLE asset_audit_line (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	audit_id INTEGER NOT NULL, 
	asset_id INTEGER, 
	place VARCHAR NOT NULL, 
	finding VARCHAR(24) NOT NULL, 
	seen_place VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	short_code VARCHAR NOT NULL, 
	make VARCHAR NOT NULL, 
	model VARCHAR NOT NULL, 
	serial VARCHAR NOT NULL, 
	CONSTRAINT fk_asset_audit_line_audit_id FOREIGN KEY(audit_id) REFERENCES asset_audit (id), 
	CONSTRAINT fk_asset_audit_line_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id)
)

CREATE INDEX ix_asset_audit_line_asset_id ON asset_audit_line (asset_id)

CREATE INDEX ix_asset_audit_line_audit_id ON asset_audit_line (audit_id)

CREATE TABLE certificate (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	technician_id INTEGER, 
	asset_id INTEGER, 
	site_id INTEGER, 
	kind VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	issued_on DATE, 
	expires_on DATE, 
	archived_on DATE, 
	CONSTRAINT fk_certificate_technician_id FOREIGN KEY(technician_id) REFERENCES technician (id), 
	CONSTRAINT fk_certificate_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id), 
	CONSTRAINT fk_certificate_site_id FOREIGN KEY(site_id) REFERENCES site (id)
)

CREATE INDEX ix_certificate_asset_id ON certificate (asset_id)

CREATE INDEX ix_certificate_expires_on ON certificate (expires_on)

CREATE INDEX ix_certificate_site_id ON certificate (site_id)

CREATE INDEX ix_certificate_technician_id ON certificate (technician_id)

CREATE TABLE certificate_need (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind VARCHAR NOT NULL, 
	asset_class_id INTEGER, 
	asset_id INTEGER, 
	site_id INTEGER, 
	archived_on DATE, 
	CONSTRAINT fk_certificate_need_asset_class_id FOREIGN KEY(asset_class_id) REFERENCES asset_class (id), 
	CONSTRAINT fk_certificate_need_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id), 
	CONSTRAINT fk_certificate_need_site_id FOREIGN KEY(site_id) REFERENCES site (id)
)

CREATE INDEX ix_certificate_need_asset_class_id ON certificate_need (asset_class_id)

CREATE INDEX ix_certificate_need_asset_id ON certificate_need (asset_id)

CREATE INDEX ix_certificate_need_site_id ON certificate_need (site_id)

CREATE TABLE meter (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	asset_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	sensor VARCHAR NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	rolls_over_at INTEGER, 
	low INTEGER, 
	high INTEGER, 
	archived_on DATE, 
	CONSTRAINT fk_meter_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id)
)

CREATE INDEX ix_meter_asset_id ON meter (asset_id)

CREATE INDEX ix_meter_sensor ON meter (sensor)

CREATE TABLE part_fit (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	part_id INTEGER NOT NULL, 
	asset_id INTEGER, 
	asset_class_id INTEGER, 
	CONSTRAINT uq_part_fit_part_id_asset_id UNIQUE (part_id, asset_id), 
	CONSTRAINT uq_part_fit_part_id_asset_class_id UNIQUE (part_id, asset_class_id), 
	CONSTRAINT ck_part_fit_one CHECK ((asset_id IS NULL) <> (asset_class_id IS NULL)), 
	CONSTRAINT fk_part_fit_part_id FOREIGN KEY(part_id) REFERENCES part (id), 
	CONSTRAINT fk_part_fit_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id), 
	CONSTRAINT fk_part_fit_asset_class_id FOREIGN KEY(asset_class_id) REFERENCES asset_class (id)
)

CREATE INDEX ix_part_fit_asset_class_id ON part_fit (asset_class_id)

CREATE INDEX ix_part_fit_asset_id ON part_fit (asset_id)

CREATE INDEX ix_part_fit_part_id ON part_fit (part_id)

CREATE TABLE warranty (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	asset_id INTEGER NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	starts_on DATE, 
	ends_on DATE NOT NULL, 
	guarantor VARCHAR NOT NULL, 
	CONSTRAINT fk_warranty_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id)
)

CREATE INDEX ix_warranty_asset_id ON warranty (asset_id)

CREATE TABLE work_order (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	number VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	origin VARCHAR(24) NOT NULL, 
	type VARCHAR(24) NOT NULL, 
	level INTEGER NOT NULL, 
	status VARCHAR(24) NOT NULL, 
	customer_id INTEGER, 
	site_id INTEGER, 
	location_id INTEGER, 
	contact_id INTEGER, 
	asset_id INTEGER, 
	title VARCHAR NOT NULL, 
	wrong VARCHAR NOT NULL, 
	truck_note VARCHAR NOT NULL, 
	instructions VARCHAR NOT NULL, 
	is_code_on_paper BOOLEAN NOT NULL, 
	due_on DATE, 
	answer_by DATETIME, 
	planned_minutes INTEGER, 
	wanted_technician_id INTEGER, 
	billing_rule VARCHAR(24) NOT NULL, 
	flat_price INTEGER, 
	"limit" INTEGER, 
	historic_cost INTEGER, 
	earlier_number VARCHAR NOT NULL, 
	po_number VARCHAR NOT NULL, 
	hold_reason VARCHAR NOT NULL, 
	part_in_at DATETIME, 
	cancel_reason VARCHAR NOT NULL, 
	parent_id INTEGER, 
	rework_of_id INTEGER, 
	problem VARCHAR NOT NULL, 
	cause VARCHAR NOT NULL, 
	remedies JSON NOT NULL, 
	detection VARCHAR NOT NULL, 
	found_and_did VARCHAR NOT NULL, 
	not_on_sheet JSON NOT NULL, 
	down_from DATETIME, 
	up_at DATETIME, 
	rating INTEGER, 
	signed_by VARCHAR NOT NULL, 
	confirmed_at DATETIME, 
	is_unhappy BOOLEAN NOT NULL, 
	claim_number VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	done_on DATE, 
	recorded_at DATETIME, 
	closed_at DATETIME, 
	invoiced_at DATETIME, 
	CONSTRAINT uq_work_order_number UNIQUE (number), 
	CONSTRAINT fk_work_order_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_work_order_site_id FOREIGN KEY(site_id) REFERENCES site (id), 
	CONSTRAINT fk_work_order_location_id FOREIGN KEY(location_id) REFERENCES location (id), 
	CONSTRAINT fk_work_order_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id), 
	CONSTRAINT fk_work_order_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id), 
	CONSTRAINT fk_work_order_wanted_technician_id FOREIGN KEY(wanted_technician_id) REFERENCES technician (id), 
	CONSTRAINT fk_work_order_parent_id FOREIGN KEY(parent_id) REFERENCES work_order (id), 
	CONSTRAINT fk_work_order_rework_of_id FOREIGN KEY(rework_of_id) REFERENCES work_order (id)
)

CREATE INDEX ix_work_order_asset_id ON work_order (asset_id)

CREATE INDEX ix_work_order_contact_id ON work_order (contact_id)

CREATE INDEX ix_work_order_created_at ON work_order (created_at)

CREATE INDEX ix_work_order_customer_id ON work_order (customer_id)

CREATE INDEX ix_work_order_done_on ON work_order (done_on)

CREATE INDEX ix_work_order_due_on ON work_order (due_on)

CREATE INDEX ix_work_order_level ON work_order (level, due_on, id)

CREATE INDEX ix_work_order_location_id ON work_order (location_id)

CREATE INDEX ix_work_order_open ON work_order (level, due_on, id) WHERE closed_at IS NULL

CREATE INDEX ix_work_order_open_created ON work_order (created_at, id) WHERE closed_at IS NULL

CREATE INDEX ix_work_order_open_customer_id ON work_order (customer_id) WHERE closed_at IS NULL

CREATE INDEX ix_work_order_open_due ON work_order (due_on, id) WHERE closed_at IS NULL

CREATE INDEX ix_work_order_open_id ON work_order (id) WHERE closed_at IS NULL

CREATE INDEX ix_work_order_parent_id ON work_order (parent_id)

CREATE INDEX ix_work_order_rework_of_id ON work_order (rework_of_id)

CREATE INDEX ix_work_order_site_id ON work_order (site_id)

CREATE INDEX ix_work_order_title ON work_order (title)

CREATE INDEX ix_work_order_to_invoice ON work_order (level, due_on) WHERE status = 'closed' AND invoiced_at IS NULL AND billing_rule IN ('time_and_materials', 'flat_rate')

CREATE INDEX ix_work_order_to_invoice_id ON work_order (id) WHERE status = 'closed' AND invoiced_at IS NULL AND billing_rule IN ('time_and_materials', 'flat_rate')

CREATE INDEX ix_work_order_wanted_technician_id ON work_order (wanted_technician_id)

CREATE TABLE deficiency (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	work_order_id INTEGER NOT NULL, 
	asset_id INTEGER, 
	text VARCHAR NOT NULL, 
	status VARCHAR(24) NOT NULL, 
	deferred_until DATE, 
	value INTEGER, 
	found_on DATE NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	CONSTRAINT fk_deficiency_work_order_id FOREIGN KEY(work_order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_deficiency_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id)
)

CREATE INDEX ix_deficiency_asset_id ON deficiency (asset_id)

CREATE INDEX ix_deficiency_status ON deficiency (status)

CREATE INDEX ix_deficiency_work_order_id ON deficiency (work_order_id)

CREATE TABLE invoice (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	number VARCHAR, 
	count INTEGER, 
	kind VARCHAR(24) NOT NULL, 
	state VARCHAR(24) NOT NULL, 
	customer_id INTEGER NOT NULL, 
	work_order_id INTEGER, 
	credits_id INTEGER, 
	reason VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	currency VARCHAR(3) NOT NULL, 
	is_tax_included BOOLEAN NOT NULL, 
	allowance INTEGER NOT NULL, 
	charge INTEGER NOT NULL, 
	drafted_at DATETIME NOT NULL, 
	invoice_on DATE, 
	due_on DATE, 
	terms_days INTEGER NOT NULL, 
	net INTEGER NOT NULL, 
	tax INTEGER NOT NULL, 
	total INTEGER NOT NULL, 
	issued_at DATETIME, 
	snapshot JSON, 
	document_hash VARCHAR, 
	chain_hash VARCHAR, 
	CONSTRAINT ck_invoice_numbered CHECK ((state = 'issued') = (number IS NOT NULL)), 
	CONSTRAINT uq_invoice_kind_count UNIQUE (kind, count), 
	CONSTRAINT uq_invoice_number UNIQUE (number), 
	CONSTRAINT fk_invoice_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_invoice_work_order_id FOREIGN KEY(work_order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_invoice_credits_id FOREIGN KEY(credits_id) REFERENCES invoice (id)
)

CREATE INDEX ix_invoice_credits_id ON invoice (credits_id) WHERE credits_id IS NOT NULL

CREATE INDEX ix_invoice_customer_id_state_kind_due_on_total ON invoice (customer_id, state, kind, due_on, total)

CREATE INDEX ix_invoice_due_on ON invoice (due_on)

CREATE INDEX ix_invoice_issued_at ON invoice (issued_at)

CREATE INDEX ix_invoice_state_kind_due_on_total ON invoice (state, kind, due_on, total)

CREATE INDEX ix_invoice_work_order_id ON invoice (work_order_id)

CREATE TABLE planned_part (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	work_order_id INTEGER NOT NULL, 
	part_id INTEGER, 
	text VARCHAR NOT NULL, 
	quantity INTEGER NOT NULL, 
	location_id INTEGER, 
	sequence INTEGER NOT NULL, 
	CONSTRAINT fk_planned_part_work_order_id FOREIGN KEY(work_order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_planned_part_part_id FOREIGN KEY(part_id) REFERENCES part (id), 
	CONSTRAINT fk_planned_part_location_id FOREIGN KEY(location_id) REFERENCES stock_location (id)
)

CREATE INDEX ix_planned_part_location_id ON planned_part (location_id)

CREATE INDEX ix_planned_part_part_id ON planned_part (part_id)

CREATE INDEX ix_planned_part_work_order_id ON planned_part (work_order_id)

CREATE TABLE pm_schedule (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	number VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	site_id INTEGER NOT NULL, 
	type VARCHAR(24) NOT NULL, 
	level INTEGER NOT NULL, 
	timing VARCHAR(24) NOT NULL, 
	every INTEGER, 
	unit VARCHAR(24) NOT NULL, 
	weekdays JSON NOT NULL, 
	month_day VARCHAR(24) NOT NULL, 
	nth INTEGER NOT NULL, 
	weekday INTEGER NOT NULL, 
	anchor_on DATE, 
	meter_id INTEGER, 
	meter_every INTEGER, 
	is_by_limits BOOLEAN NOT NULL, 
	season JSON NOT NULL, 
	landing VARCHAR(24) NOT NULL, 
	blackouts JSON NOT NULL, 
	lead_days INTEGER NOT NULL, 
	early_days INTEGER, 
	grace_days INTEGER, 
	missed VARCHAR(24) NOT NULL, 
	job_template_id INTEGER, 
	technician_id INTEGER, 
	planned_minutes INTEGER, 
	billing_rule VARCHAR(24) NOT NULL, 
	flat_price INTEGER, 
	instructions VARCHAR NOT NULL, 
	ends_on DATE, 
	paused_on DATE, 
	pause_reason VARCHAR NOT NULL, 
	archived_on DATE, 
	CONSTRAINT uq_pm_schedule_number UNIQUE (number), 
	CONSTRAINT fk_pm_schedule_site_id FOREIGN KEY(site_id) REFERENCES site (id), 
	CONSTRAINT fk_pm_schedule_meter_id FOREIGN KEY(meter_id) REFERENCES meter (id), 
	CONSTRAINT fk_pm_schedule_job_template_id FOREIGN KEY(job_template_id) REFERENCES job_template (id), 
	CONSTRAINT fk_pm_schedule_technician_id FOREIGN KEY(technician_id) REFERENCES technician (id)
)

CREATE INDEX ix_pm_schedule_job_template_id ON pm_schedule (job_template_id)

CREATE INDEX ix_pm_schedule_meter_id ON pm_schedule (meter_id)

CREATE INDEX ix_pm_schedule_name ON pm_schedule (name)

CREATE INDEX ix_pm_schedule_site_id ON pm_schedule (site_id)

CREATE INDEX ix_pm_schedule_technician_id ON pm_schedule (technician_id)

CREATE TABLE purchase_order_line (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	purchase_order_id INTEGER NOT NULL, 
	sequence INTEGER NOT NULL, 
	part_id INTEGER, 
	text VARCHAR NOT NULL, 
	supplier_number VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	quantity INTEGER NOT NULL, 
	unit_cost INTEGER NOT NULL, 
	received INTEGER NOT NULL, 
	work_order_id INTEGER, 
	CONSTRAINT fk_purchase_order_line_purchase_order_id FOREIGN KEY(purchase_order_id) REFERENCES purchase_order (id), 
	CONSTRAINT fk_purchase_order_line_part_id FOREIGN KEY(part_id) REFERENCES part (id), 
	CONSTRAINT fk_purchase_order_line_work_order_id FOREIGN KEY(work_order_id) REFERENCES work_order (id)
)

CREATE INDEX ix_purchase_order_line_part_id_purchase_order_id ON purchase_order_line (part_id, purchase_order_id)

CREATE INDEX ix_purchase_order_line_purchase_order_id ON purchase_order_line (purchase_order_id)

CREATE INDEX ix_purchase_order_line_work_order_id ON purchase_order_line (work_order_id)

CREATE TABLE reading (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	meter_id INTEGER NOT NULL, 
	read_on DATE NOT NULL, 
	read_at DATETIME, 
	value INTEGER NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	source VARCHAR(24) NOT NULL, 
	work_order_id INTEGER, 
	recorded_at DATETIME NOT NULL, 
	CONSTRAINT fk_reading_meter_id FOREIGN KEY(meter_id) REFERENCES meter (id), 
	CONSTRAINT fk_reading_work_order_id FOREIGN KEY(work_order_id) REFERENCES work_order (id)
)

CREATE INDEX ix_reading_meter_id_read_on_id ON reading (meter_id, read_on, id)

CREATE INDEX ix_reading_work_order_id ON reading (work_order_id)

CREATE TABLE request (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	number VARCHAR NOT NULL, 
	received_at DATETIME NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	channel VARCHAR(24) NOT NULL, 
	caller VARCHAR NOT NULL, 
	phone VARCHAR NOT NULL, 
	customer_id INTEGER, 
	contact_id INTEGER, 
	site_id INTEGER, 
	location_id INTEGER, 
	asset_id INTEGER, 
	words VARCHAR NOT NULL, 
	facts JSON NOT NULL, 
	problem_codes JSON NOT NULL, 
	level INTEGER NOT NULL, 
	level_reason VARCHAR NOT NULL, 
	fixed_by_id INTEGER, 
	level_override_reason VARCHAR NOT NULL, 
	answer_by DATETIME NOT NULL, 
	status VARCHAR(24) NOT NULL, 
	reason VARCHAR NOT NULL, 
	duplicate_of_id INTEGER, 
	work_order_id INTEGER, 
	note VARCHAR NOT NULL, 
	intake_seconds INTEGER, 
	closed_at DATETIME, 
	CONSTRAINT uq_request_number UNIQUE (number), 
	CONSTRAINT fk_request_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_request_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id), 
	CONSTRAINT fk_request_site_id FOREIGN KEY(site_id) REFERENCES site (id), 
	CONSTRAINT fk_request_location_id FOREIGN KEY(location_id) REFERENCES location (id), 
	CONSTRAINT fk_request_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id), 
	CONSTRAINT fk_request_fixed_by_id FOREIGN KEY(fixed_by_id) REFERENCES work_order (id), 
	CONSTRAINT fk_request_duplicate_of_id FOREIGN KEY(duplicate_of_id) REFERENCES request (id), 
	CONSTRAINT fk_request_work_order_id FOREIGN KEY(work_order_id) REFERENCES work_order (id)
)

CREATE INDEX ix_request_asset_id ON request (asset_id)

CREATE INDEX ix_request_closed ON request (closed_at, id)

CREATE INDEX ix_request_contact_id ON request (contact_id)

CREATE INDEX ix_request_customer_id ON request (customer_id)

CREATE INDEX ix_request_declined ON request (closed_at, id) WHERE status = 'declined'

CREATE INDEX ix_request_duplicate_of_id ON request (duplicate_of_id)

CREATE INDEX ix_request_fixed_by_id ON request (fixed_by_id)

CREATE INDEX ix_request_location_id ON request (location_id)

CREATE INDEX ix_request_received_at ON request (received_at)

CREATE INDEX ix_request_site_id ON request (site_id)

CREATE INDEX ix_request_waiting ON request (level, answer_by) WHERE closed_at IS NULL

CREATE INDEX ix_request_work_order_id ON request (work_order_id)

CREATE TABLE sheet_copy (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	work_order_id INTEGER NOT NULL, 
	copy INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	audience VARCHAR(24) NOT NULL, 
	technician_id INTEGER, 
	printed_at DATETIME NOT NULL, 
	state VARCHAR(24) NOT NULL, 
	entered_at DATETIME, 
	document_hash VARCHAR NOT NULL, 
	layout JSON NOT NULL, 
	entry JSON, 
	CONSTRAINT uq_sheet_copy_work_order_id_copy UNIQUE (work_order_id, copy), 
	CONSTRAINT fk_sheet_copy_work_order_id FOREIGN KEY(work_order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_sheet_copy_technician_id FOREIGN KEY(technician_id) REFERENCES technician (id)
)

CREATE INDEX ix_sheet_copy_state ON sheet_copy (state)

CREATE INDEX ix_sheet_copy_technician_id ON sheet_copy (technician_id)

CREATE INDEX ix_sheet_copy_work_order_id ON sheet_copy (work_order_id)

CREATE TABLE task (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	work_order_id INTEGER NOT NULL, 
	asset_id INTEGER, 
	section VARCHAR NOT NULL, 
	sequence INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	unit VARCHAR NOT NULL, 
	low INTEGER, 
	high INTEGER, 
	choices JSON NOT NULL, 
	is_required BOOLEAN NOT NULL, 
	is_hazard BOOLEAN NOT NULL, 
	mark VARCHAR(24), 
	value VARCHAR NOT NULL, 
	initials VARCHAR NOT NULL, 
	CONSTRAINT fk_task_work_order_id FOREIGN KEY(work_order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_task_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id)
)

CREATE INDEX ix_task_asset_id ON task (asset_id)

CREATE INDEX ix_task_work_order_id ON task (work_order_id)

CREATE TABLE visit (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	work_order_id INTEGER NOT NULL, 
	planned_from DATETIME NOT NULL, 
	planned_to DATETIME NOT NULL, 
	window_from DATETIME, 
	window_to DATETIME, 
	status VARCHAR(24) NOT NULL, 
	outcome VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	recorded_at DATETIME, 
	CONSTRAINT fk_visit_work_order_id FOREIGN KEY(work_order_id) REFERENCES work_order (id)
)

CREATE INDEX ix_visit_planned_from ON visit (planned_from)

CREATE INDEX ix_visit_status ON visit (status)

CREATE INDEX ix_visit_work_order_id ON visit (work_order_id)

CREATE TABLE work_order_asset (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	work_order_id INTEGER NOT NULL, 
	asset_id INTEGER NOT NULL, 
	sequence INTEGER NOT NULL, 
	done_on DATE, 
	CONSTRAINT uq_work_order_asset_work_order_id_asset_id UNIQUE (work_order_id, asset_id), 
	CONSTRAINT fk_work_order_asset_work_order_id FOREIGN KEY(work_order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_work_order_asset_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id)
)

CREATE INDEX ix_work_order_asset_asset_id ON work_order_asset (asset_id)

CREATE INDEX ix_work_order_asset_work_order_id ON work_order_asset (work_order_id)

CREATE TABLE invoice_tax (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	invoice_id INTEGER NOT NULL, 
	tax_id INTEGER, 
	name VARCHAR NOT NULL, 
	percent INTEGER NOT NULL, 
	base INTEGER NOT NULL, 
	amount INTEGER NOT NULL, 
	CONSTRAINT fk_invoice_tax_invoice_id FOREIGN KEY(invoice_id) REFERENCES invoice (id), 
	CONSTRAINT fk_invoice_tax_tax_id FOREIGN KEY(tax_id) REFERENCES tax (id)
)

CREATE INDEX ix_invoice_tax_invoice_id ON invoice_tax (invoice_id)

CREATE INDEX ix_invoice_tax_tax_id ON invoice_tax (tax_id)

CREATE TABLE labour (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	work_order_id INTEGER NOT NULL, 
	visit_id INTEGER, 
	technician_id INTEGER NOT NULL, 
	labour_class VARCHAR(24) NOT NULL, 
	worked_on DATE NOT NULL, 
	minutes INTEGER NOT NULL, 
	cost_rate INTEGER NOT NULL, 
	bill_rate INTEGER NOT NULL, 
	is_billable BOOLEAN NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	CONSTRAINT fk_labour_work_order_id FOREIGN KEY(work_order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_labour_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id), 
	CONSTRAINT fk_labour_technician_id FOREIGN KEY(technician_id) REFERENCES technician (id)
)

CREATE INDEX ix_labour_technician_id ON labour (technician_id)

CREATE INDEX ix_labour_visit_id ON labour (visit_id)

CREATE INDEX ix_labour_work_order_id ON labour (work_order_id)

CREATE TABLE missed_call (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	phone VARCHAR NOT NULL, 
	digits VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	called_at DATETIME NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	customer_id INTEGER, 
	contact_id INTEGER, 
	tries INTEGER NOT NULL, 
	tried_at DATETIME, 
	returned_at DATETIME, 
	outcome VARCHAR(24), 
	request_id INTEGER, 
	CONSTRAINT uq_missed_call_digits_called_at UNIQUE (digits, called_at), 
	CONSTRAINT fk_missed_call_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_missed_call_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id), 
	CONSTRAINT fk_missed_call_request_id FOREIGN KEY(request_id) REFERENCES request (id)
)

CREATE INDEX ix_missed_call_contact_id ON missed_call (contact_id)

CREATE INDEX ix_missed_call_customer_id ON missed_call (customer_id)

CREATE INDEX ix_missed_call_request_id ON missed_call (request_id)

CREATE INDEX ix_missed_call_waiting ON missed_call (called_at) WHERE returned_at IS NULL

CREATE TABLE payment_allocation (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	payment_id INTEGER NOT NULL, 
	invoice_id INTEGER NOT NULL, 
	amount INTEGER NOT NULL, 
	CONSTRAINT fk_payment_allocation_payment_id FOREIGN KEY(payment_id) REFERENCES payment (id), 
	CONSTRAINT fk_payment_allocation_invoice_id FOREIGN KEY(invoice_id) REFERENCES invoice (id)
)

CREATE INDEX ix_payment_allocation_invoice_id ON payment_allocation (invoice_id)

CREATE INDEX ix_payment_allocation_invoice_id_amount ON payment_allocation (invoice_id, amount)

CREATE INDEX ix_payment_allocation_payment_id ON payment_allocation (payment_id)

CREATE TABLE pm_cover (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	larger_id INTEGER NOT NULL, 
	smaller_id INTEGER NOT NULL, 
	CONSTRAINT uq_pm_cover_larger_id_smaller_id UNIQUE (larger_id, smaller_id), 
	CONSTRAINT fk_pm_cover_larger_id FOREIGN KEY(larger_id) REFERENCES pm_schedule (id), 
	CONSTRAINT fk_pm_cover_smaller_id FOREIGN KEY(smaller_id) REFERENCES pm_schedule (id)
)

CREATE INDEX ix_pm_cover_larger_id ON pm_cover (larger_id)

CREATE INDEX ix_pm_cover_smaller_id ON pm_cover (smaller_id)

CREATE TABLE pm_occurrence (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	pm_schedule_id INTEGER NOT NULL, 
	asset_id INTEGER NOT NULL, 
	sequence INTEGER NOT NULL, 
	nominal_on DATE, 
	due_on DATE, 
	due_count INTEGER, 
	because JSON NOT NULL, 
	status VARCHAR(24) NOT NULL, 
	work_order_id INTEGER, 
	covered_by_id INTEGER, 
	generated_at DATETIME, 
	done_on DATE, 
	done_count INTEGER, 
	reason VARCHAR NOT NULL, 
	CONSTRAINT uq_pm_occurrence_pm_schedule_id_asset_id_sequence UNIQUE (pm_schedule_id, asset_id, sequence), 
	CONSTRAINT fk_pm_occurrence_pm_schedule_id FOREIGN KEY(pm_schedule_id) REFERENCES pm_schedule (id), 
	CONSTRAINT fk_pm_occurrence_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id), 
	CONSTRAINT fk_pm_occurrence_work_order_id FOREIGN KEY(work_order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_pm_occurrence_covered_by_id FOREIGN KEY(covered_by_id) REFERENCES pm_occurrence (id)
)

CREATE INDEX ix_pm_occurrence_asset_id ON pm_occurrence (asset_id)

CREATE INDEX ix_pm_occurrence_covered_by_id ON pm_occurrence (covered_by_id)

CREATE INDEX ix_pm_occurrence_pending ON pm_occurrence (due_on) WHERE status = 'due'

CREATE INDEX ix_pm_occurrence_pm_schedule_id ON pm_occurrence (pm_schedule_id)

CREATE INDEX ix_pm_occurrence_work_order_id ON pm_occurrence (work_order_id)

CREATE TABLE pm_schedule_asset (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	pm_schedule_id INTEGER NOT NULL, 
	asset_id INTEGER NOT NULL, 
	sequence INTEGER NOT NULL, 
	CONSTRAINT uq_pm_schedule_asset_pm_schedule_id_asset_id UNIQUE (pm_schedule_id, asset_id), 
	CONSTRAINT fk_pm_schedule_asset_pm_schedule_id FOREIGN KEY(pm_schedule_id) REFERENCES pm_schedule (id), 
	CONSTRAINT fk_pm_schedule_asset_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id)
)

CREATE INDEX ix_pm_schedule_asset_asset_id ON pm_schedule_asset (asset_id)

CREATE INDEX ix_pm_schedule_asset_pm_schedule_id ON pm_schedule_asset (pm_schedule_id)

CREATE TABLE reservation (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	planned_part_id INTEGER NOT NULL, 
	work_order_id INTEGER NOT NULL, 
	part_id INTEGER NOT NULL, 
	quantity INTEGER NOT NULL, 
	status VARCHAR(24) NOT NULL, 
	made_at DATETIME NOT NULL, 
	settled_at DATETIME, 
	CONSTRAINT fk_reservation_planned_part_id FOREIGN KEY(planned_part_id) REFERENCES planned_part (id), 
	CONSTRAINT fk_reservation_work_order_id FOREIGN KEY(work_order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_reservation_part_id FOREIGN KEY(part_id) REFERENCES part (id)
)

CREATE INDEX ix_reservation_open ON reservation (part_id, status, quantity) WHERE settled_at IS NULL

CREATE INDEX ix_reservation_part_id ON reservation (part_id)

CREATE INDEX ix_reservation_planned_part_id ON reservation (planned_part_id)

CREATE INDEX ix_reservation_work_order_id ON reservation (work_order_id)

CREATE TABLE used_part (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	work_order_id INTEGER NOT NULL, 
	planned_part_id INTEGER, 
	part_id INTEGER, 
	text VARCHAR NOT NULL, 
	quantity INTEGER NOT NULL, 
	location_id INTEGER, 
	cost INTEGER NOT NULL, 
	price INTEGER NOT NULL, 
	is_taxable BOOLEAN NOT NULL, 
	used_on DATE NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	CONSTRAINT fk_used_part_work_order_id FOREIGN KEY(work_order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_used_part_planned_part_id FOREIGN KEY(planned_part_id) REFERENCES planned_part (id), 
	CONSTRAINT fk_used_part_part_id FOREIGN KEY(part_id) REFERENCES part (id), 
	CONSTRAINT fk_used_part_location_id FOREIGN KEY(location_id) REFERENCES stock_location (id)
)

CREATE INDEX ix_used_part_location_id ON used_part (location_id)

CREATE INDEX ix_used_part_part_id ON used_part (part_id)

CREATE INDEX ix_used_part_planned_part_id ON used_part (planned_part_id)

CREATE INDEX ix_used_part_work_order_id ON used_part (work_order_id)

CREATE TABLE visit_technician (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	visit_id INTEGER NOT NULL, 
	technician_id INTEGER NOT NULL, 
	sequence INTEGER NOT NULL, 
	left_shop_at DATETIME, 
	arrived_at DATETIME, 
	finished_at DATETIME, 
	back_at DATETIME, 
	break_minutes INTEGER NOT NULL, 
	CONSTRAINT uq_visit_technician_visit_id_technician_id UNIQUE (visit_id, technician_id), 
	CONSTRAINT fk_visit_technician_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id), 
	CONSTRAINT fk_visit_technician_technician_id FOREIGN KEY(technician_id) REFERENCES technician (id)
)

CREATE INDEX ix_visit_technician_technician_id_arrived_at ON visit_technician (technician_id, arrived_at)

CREATE INDEX ix_visit_technician_visit_id ON visit_technician (visit_id)

CREATE TABLE invoice_line (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	invoice_id INTEGER NOT NULL, 
	sequence INTEGER NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	labour_id INTEGER, 
	used_part_id INTEGER, 
	text VARCHAR NOT NULL, 
	quantity INTEGER NOT NULL, 
	unit VARCHAR NOT NULL, 
	price INTEGER NOT NULL, 
	base INTEGER NOT NULL, 
	allowance INTEGER NOT NULL, 
	charge INTEGER NOT NULL, 
	tax_id INTEGER, 
	net INTEGER NOT NULL, 
	CONSTRAINT fk_invoice_line_invoice_id FOREIGN KEY(invoice_id) REFERENCES invoice (id), 
	CONSTRAINT fk_invoice_line_labour_id FOREIGN KEY(labour_id) REFERENCES labour (id), 
	CONSTRAINT fk_invoice_line_used_part_id FOREIGN KEY(used_part_id) REFERENCES used_part (id), 
	CONSTRAINT fk_invoice_line_tax_id FOREIGN KEY(tax_id) REFERENCES tax (id)
)

CREATE INDEX ix_invoice_line_invoice_id ON invoice_line (invoice_id)

CREATE INDEX ix_invoice_line_labour_id ON invoice_line (labour_id)

CREATE INDEX ix_invoice_line_tax_id ON invoice_line (tax_id)

CREATE INDEX ix_invoice_line_used_part_id ON invoice_line (used_part_id)

CREATE TABLE stock_move (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	part_id INTEGER NOT NULL, 
	location_id INTEGER NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	quantity INTEGER NOT NULL, 
	unit_cost INTEGER NOT NULL, 
	used_part_id INTEGER, 
	purchase_order_line_id INTEGER, 
	reverses_id INTEGER, 
	pair_id INTEGER, 
	reason VARCHAR NOT NULL, 
	override_reason VARCHAR NOT NULL, 
	moved_on DATE NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	CONSTRAINT fk_stock_move_part_id FOREIGN KEY(part_id) REFERENCES part (id), 
	CONSTRAINT fk_stock_move_location_id FOREIGN KEY(location_id) REFERENCES stock_location (id), 
	CONSTRAINT fk_stock_move_used_part_id FOREIGN KEY(used_part_id) REFERENCES used_part (id), 
	CONSTRAINT fk_stock_move_purchase_order_line_id FOREIGN KEY(purchase_order_line_id) REFERENCES purchase_order_line (id), 
	CONSTRAINT fk_stock_move_reverses_id FOREIGN KEY(reverses_id) REFERENCES stock_move (id), 
	CONSTRAINT fk_stock_move_pair_id FOREIGN KEY(pair_id) REFERENCES stock_move (id)
)

CREATE INDEX ix_stock_move_kind_moved_on_part_id_quantity ON stock_move (kind, moved_on, part_id, quantity)

CREATE INDEX ix_stock_move_location_id ON stock_move (location_id)

CREATE INDEX ix_stock_move_pair_id ON stock_move (pair_id)

CREATE INDEX ix_stock_move_part_id ON stock_move (part_id)

CREATE INDEX ix_stock_move_part_id_location_id_quantity ON stock_move (part_id, location_id, quantity)

CREATE INDEX ix_stock_move_purchase_order_line_id ON stock_move (purchase_order_line_id)

CREATE INDEX ix_stock_move_reverses_id ON stock_move (reverses_id)

CREATE INDEX ix_stock_move_used_part_id ON stock_move (used_part_id)

CREATE TABLE stock_count_line (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	stock_count_id INTEGER NOT NULL, 
	part_id INTEGER NOT NULL, 
	sequence INTEGER NOT NULL, 
	bin VARCHAR NOT NULL, 
	begun_with INTEGER NOT NULL, 
	first_counted INTEGER, 
	counted INTEGER, 
	counted_at DATETIME, 
	is_added BOOLEAN NOT NULL, 
	is_recount BOOLEAN NOT NULL, 
	expected INTEGER, 
	cost INTEGER, 
	move_id INTEGER, 
	CONSTRAINT uq_stock_count_line_stock_count_id_part_id UNIQUE (stock_count_id, part_id), 
	CONSTRAINT fk_stock_count_line_stock_count_id FOREIGN KEY(stock_count_id) REFERENCES stock_count (id), 
	CONSTRAINT fk_stock_count_line_part_id FOREIGN KEY(part_id) REFERENCES part (id), 
	CONSTRAINT fk_stock_count_line_move_id FOREIGN KEY(move_id) REFERENCES stock_move (id)
)

CREATE INDEX ix_stock_count_line_move_id ON stock_count_line (move_id)

CREATE INDEX ix_stock_count_line_part_id ON stock_count_line (part_id)
